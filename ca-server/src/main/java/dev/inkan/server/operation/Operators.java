package dev.inkan.server.operation;

import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.Role;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.IssueFailedException;
import dev.inkan.core.authority.OperatorCertificates;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.store.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bank's staff who may use the admin API (D5). Safe for several threads. */
public final class Operators {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

  private final Transactions<OperationStores> transactions;
  private final OperatorCertificates<OperationStores> certificates;
  private final Terms terms;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * What credentials are like.
   *
   * @param organisation the bank's name
   * @param days how long one is valid
   */
  public record Terms(String organisation, int days) {}

  public Operators(
      Transactions<OperationStores> transactions,
      OperatorCertificates<OperationStores> certificates,
      Terms terms,
      Clock clock,
      SecureRandom random) {
    this.transactions = transactions;
    this.certificates = certificates;
    this.terms = terms;
    this.clock = clock;
    this.random = random;
  }

  /** Operators in the order of their names. */
  public Page<Operator> list(Paging paging) {
    return transactions.inTransaction(stores -> stores.operators().list(paging, clock.instant()));
  }

  public Outcome<Operator> find(String name) {
    return Outcome.found(
        transactions.inTransaction(stores -> stores.operators().find(name, clock.instant())),
        () -> unknown(name));
  }

  /** Adds an operator with a credential, both or neither. */
  public Outcome<IssuedCredential> add(Actor by, NewOperator wanted, boolean dryRun) {
    Optional<Refusal> refusal = faultOf(wanted);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    boolean taken =
        transactions.inTransaction(
            stores -> stores.operators().find(wanted.name(), clock.instant()).isPresent());
    if (taken) {
      return Outcome.refused(taken(wanted.name()));
    }
    if (dryRun) {
      return Outcome.done(preview(by, wanted));
    }
    try {
      return Outcome.done(issue(by, wanted.name(), stores -> add(stores, by, wanted)));
    } catch (IssueFailedException e) {
      if (e.getCause() instanceof TakenMeanwhileException) {
        return Outcome.refused(taken(wanted.name()));
      }
      throw e;
    }
  }

  /** Another had the name first; undoes the transaction in which the certificate was recorded. */
  private static final class TakenMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TakenMeanwhileException(String name) {
      super("operator " + name + " was added meanwhile");
    }
  }

  private boolean add(OperationStores stores, Actor by, NewOperator wanted) {
    boolean added = stores.operators().add(wanted, clock.instant(), by.name());
    if (!added) {
      throw new TakenMeanwhileException(wanted.name());
    }
    audit(stores, by, AuditAction.OPERATOR_ADDED, wanted.name() + " " + words(wanted.roles()));
    return true;
  }

  /** Another credential; the older ones end when it is used first. */
  public Outcome<IssuedCredential> renew(Caller by, String name) {
    boolean allowed = by.name().equals(name) || by.roles().contains(Role.ADMINISTRATOR);
    if (!allowed) {
      return Outcome.refused(
          Refusal.of(
              ProblemType.ROLE_MISSING,
              "another operator's credential is renewed by an administrator",
              "Ask an administrator."));
    }
    return find(name).then(operator -> renew(by.actor(), operator));
  }

  private Outcome<IssuedCredential> renew(Actor by, Operator operator) {
    if (operator.state() == OperatorState.DISABLED) {
      return Outcome.refused(
          Refusal.of(
              ProblemType.WRONG_STATE,
              "operator " + operator.name() + " is disabled",
              "Add an operator with another name."));
    }
    return Outcome.done(
        issue(
            by,
            operator.name(),
            stores -> {
              audit(stores, by, AuditAction.OPERATOR_RENEWED, operator.name());
              return true;
            }));
  }

  /** Disables the operator, whose next request is refused. */
  public Outcome<Operator> disable(Actor by, String name, Optional<String> note, boolean dryRun) {
    return transactions.inTransaction(
        stores -> {
          List<String> administrators = stores.operators().lockAdministrators();
          Optional<Operator> found = stores.operators().find(name, clock.instant());
          if (found.isEmpty()) {
            return Outcome.refused(unknown(name));
          }
          if (found.get().state() == OperatorState.DISABLED) {
            return Outcome.refused(
                Refusal.of(ProblemType.WRONG_STATE, "operator " + name + " is disabled already"));
          }
          if (administrators.equals(List.of(name))) {
            return Outcome.refused(
                Refusal.of(
                    ProblemType.WRONG_STATE,
                    name + " is the last administrator",
                    "Add another administrator first."));
          }
          if (dryRun) {
            return Outcome.done(found.get());
          }
          boolean unused = stores.operators().disable(name, clock.instant(), by.name());
          audit(
              stores,
              by,
              AuditAction.OPERATOR_DISABLED,
              name + note.map(it -> ": " + it).orElse(""));
          return Outcome.done(stores.operators().find(name, clock.instant()).orElseThrow());
        });
  }

  private interface InTheSameTransaction {
    boolean record(OperationStores stores);
  }

  private IssuedCredential issue(Actor by, String name, InTheSameTransaction also) {
    CertifiedKey made =
        certificates.issue(
            new OperatorCertificates.Order(terms.organisation(), name, terms.days(), by),
            (stores, key) -> {
              boolean unused = also.record(stores);
              stores
                  .operators()
                  .addCredential(
                      Fingerprint.of(key.credential().certificate()),
                      name,
                      key.entry().serialNumber(),
                      clock.instant());
            });
    Operator operator =
        transactions.inTransaction(
            stores -> stores.operators().find(name, clock.instant()).orElseThrow());
    return pack(operator, made);
  }

  // The server draws the passphrase: one that somebody chose would be the weakest part.
  private IssuedCredential pack(Operator operator, CertifiedKey made) {
    try (Passphrase passphrase = Passphrase.drawn(random)) {
      Der file = made.credential().toPkcs12(passphrase);
      return new IssuedCredential(
          operator,
          "operator-" + operator.name() + ".p12",
          Base64.getEncoder().encodeToString(file.toByteArray()),
          new String(passphrase.toCharArray()));
    }
  }

  private IssuedCredential preview(Actor by, NewOperator wanted) {
    Operator operator =
        new Operator(
            wanted.name(),
            wanted.displayName(),
            wanted.roles(),
            OperatorState.ACTIVE,
            clock.instant(),
            by.name(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new IssuedCredential(operator, "operator-" + wanted.name() + ".p12", "", "");
  }

  private static Optional<Refusal> faultOf(NewOperator wanted) {
    if (!NAME.matcher(wanted.name()).matches()) {
      return Optional.of(Refusal.field("name", "must have 2-32 of a-z 0-9 . - _, a letter first"));
    }
    if (!dev.inkan.server.registration.user.User.isName(wanted.displayName())) {
      return Optional.of(
          Refusal.field("displayName", "must have 1-64 characters, none of them a control"));
    }
    if (wanted.roles().isEmpty() || Set.copyOf(wanted.roles()).size() != wanted.roles().size()) {
      return Optional.of(Refusal.field("roles", "must name one role or more, each once"));
    }
    return Optional.empty();
  }

  private void audit(OperationStores stores, Actor by, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(), by, action, Optional.empty(), Optional.empty(), detail));
  }

  private static String words(List<Role> roles) {
    return roles.stream()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }

  private static Refusal unknown(String name) {
    return Refusal.notFound("operator", name, "inkan-admin operator list shows them.");
  }

  private static Refusal taken(String name) {
    return Refusal.of(
        ProblemType.TAKEN, "there is an operator " + name + " already", "Choose another name.");
  }
}
