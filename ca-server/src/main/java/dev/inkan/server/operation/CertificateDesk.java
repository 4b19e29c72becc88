package dev.inkan.server.operation;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where operators look certificates up and change what counts of them (D1). Thread-safe. */
public final class CertificateDesk {

  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;
  private final SecondOperator policy;
  private final Clock clock;

  public CertificateDesk(
      Transactions<OperationStores> transactions,
      CertificateStatusAuthority authority,
      SecondOperator policy,
      Clock clock) {
    this.transactions = transactions;
    this.authority = authority;
    this.policy = policy;
    this.clock = clock;
  }

  public Page<Certificate> list(CertificateSearch search, Paging paging) {
    return transactions.inTransaction(
        stores -> stores.certificateRegister().list(search, paging, clock.instant()));
  }

  public Outcome<Certificate> find(SerialNumber serialNumber) {
    return Outcome.found(
        transactions.inTransaction(
            stores -> stores.certificateRegister().find(serialNumber, clock.instant())),
        () -> unknown(serialNumber));
  }

  /** The certificate itself. */
  public Outcome<String> pem(SerialNumber serialNumber) {
    Optional<Der> stored =
        transactions.inTransaction(stores -> stores.certificates().encoded(serialNumber));
    return Outcome.found(
        stored.map(der -> Pem.certificates(List.of(der))), () -> unknown(serialNumber));
  }

  /** Revokes one for ever. */
  public Outcome<Certificate> revoke(
      Caller caller, SerialNumber serialNumber, Revoke how, boolean dryRun) {
    Optional<Refusal> refusal = refusalOf(how);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return find(serialNumber)
        .then(CertificateDesk::ofASubscriberOrServer)
        .then(found -> notRevoked(found).then(it -> notBefore(it, how.invalidityDate())))
        .then(
            found ->
                dryRun
                    ? Outcome.done(found)
                    : told(
                        serialNumber,
                        authority.revoke(
                            serialNumber,
                            how.reason(),
                            how.invalidityDate(),
                            caller.actor(),
                            (stores, revoked) -> note(stores, caller, serialNumber, how.note()))));
  }

  private Optional<Refusal> refusalOf(Revoke how) {
    if (policy == SecondOperator.ALWAYS) {
      return Optional.of(
          Refusal.of(
              ProblemType.SECOND_OPERATOR_REQUIRED,
              "here every revocation needs a second operator",
              "Hold it now (inkan-admin cert hold), and record a request: inkan-admin request add."));
    }
    if (!how.reason().allowedForAdministrators()) {
      return Optional.of(Refusal.field("reason", how.reason() + " is not for operators to choose"));
    }
    return Checks.note("note", how.note())
        .or(() -> Checks.past("invalidityDate", how.invalidityDate(), clock.instant()));
  }

  /** Puts one on hold. */
  public Outcome<Certificate> hold(
      Caller caller, SerialNumber serialNumber, Optional<String> note, boolean dryRun) {
    return checked(note, serialNumber)
        .then(CertificateDesk::ofASubscriberOrServer)
        .then(CertificateDesk::notRevoked)
        .then(
            found ->
                found.state() == CertificateState.VALID
                    ? Outcome.done(found)
                    : wrongState(found, "it is " + word(found.state())))
        .then(
            found ->
                dryRun
                    ? Outcome.done(found)
                    : noted(
                        caller,
                        note,
                        told(
                            serialNumber,
                            authority.hold(serialNumber, Optional.empty(), caller.actor()))));
  }

  private Outcome<Certificate> checked(Optional<String> note, SerialNumber serialNumber) {
    return Checks.note("note", note)
        .<Outcome<Certificate>>map(Outcome::refused)
        .orElseGet(() -> find(serialNumber));
  }

  /** Ends a hold. */
  public Outcome<Certificate> release(
      Caller caller, SerialNumber serialNumber, Optional<String> note, boolean dryRun) {
    return checked(note, serialNumber)
        .then(
            found ->
                found.state() == CertificateState.HELD
                    ? Outcome.done(found)
                    : wrongState(found, "it is not on hold but " + word(found.state())))
        .then(
            found ->
                dryRun
                    ? Outcome.done(found)
                    : noted(
                        caller,
                        note,
                        told(serialNumber, authority.release(serialNumber, caller.actor()))));
  }

  private Outcome<Certificate> noted(
      Caller caller, Optional<String> note, Outcome<Certificate> outcome) {
    return outcome.then(
        changed -> {
          Boolean unused =
              transactions.inTransaction(
                  stores -> {
                    note(stores, caller, SerialNumber.parse(changed.serialNumber()), note);
                    return true;
                  });
          return Outcome.done(changed);
        });
  }

  private void note(
      OperationStores stores, Caller caller, SerialNumber serialNumber, Optional<String> note) {
    note.ifPresent(
        text ->
            stores
                .audit()
                .append(
                    new AuditEvent(
                        clock.instant(),
                        caller.actor(),
                        AuditAction.NOTE_ADDED,
                        Optional.empty(),
                        Optional.of(serialNumber),
                        text.replace('\n', ' '))));
  }

  private Outcome<Certificate> told(SerialNumber serialNumber, StatusOutcome outcome) {
    return refusalOf(serialNumber, outcome)
        .<Outcome<Certificate>>map(Outcome::refused)
        .orElseGet(() -> find(serialNumber));
  }

  /** Why a status was not changed; nothing if it was. */
  static Optional<Refusal> refusalOf(SerialNumber serialNumber, StatusOutcome outcome) {
    return switch (outcome) {
      case DONE -> Optional.empty();
      case NOT_ISSUED_HERE -> Optional.of(unknown(serialNumber));
      case INVALID_BEFORE_ISSUE ->
          Optional.of(Refusal.field("invalidityDate", "must not be before the certificate"));
      case ALREADY_HELD -> Optional.of(wrongState(serialNumber, "it is on hold already"));
      case ALREADY_REVOKED -> Optional.of(wrongState(serialNumber, "it is revoked already"));
      case NOT_HELD -> Optional.of(wrongState(serialNumber, "it is not on hold"));
      case EXPIRED -> Optional.of(wrongState(serialNumber, "it has expired"));
    };
  }

  /** The CA's own are for the ceremony; an operator's go with the operator. */
  private static Outcome<Certificate> ofASubscriberOrServer(Certificate found) {
    return switch (found.kind()) {
      case SUBSCRIBER, TLS_SERVER, OCSP_RESPONDER -> Outcome.done(found);
      case OPERATOR ->
          Outcome.refused(
              Refusal.of(
                  ProblemType.WRONG_STATE,
                  found.serialNumber() + " is an operator's certificate",
                  "Disable the operator: inkan-admin operator disable."));
      case ROOT, ISSUING_CA, AUDIT ->
          Outcome.refused(
              Refusal.of(
                  ProblemType.WRONG_STATE,
                  found.serialNumber() + " is a certificate of the CA itself",
                  "It is revoked with the root's key, which is not on this machine."));
    };
  }

  private static Outcome<Certificate> notRevoked(Certificate found) {
    return switch (found.state()) {
      case REVOKED, ABANDONED -> wrongState(found, "it is revoked already");
      case PREPARED -> wrongState(found, "it is being issued at this moment");
      case VALID, EXPIRED, HELD -> Outcome.done(found);
    };
  }

  private static Outcome<Certificate> notBefore(Certificate found, Optional<Instant> since) {
    return since.filter(found.notBefore()::isAfter).isPresent()
        ? Outcome.refused(
            Refusal.field(
                "invalidityDate", "must not be before the certificate, " + found.notBefore()))
        : Outcome.done(found);
  }

  private static Outcome<Certificate> wrongState(Certificate found, String why) {
    return Outcome.refused(
        Refusal.of(
            ProblemType.WRONG_STATE,
            "certificate " + found.serialNumber() + " was not changed: " + why,
            "inkan-admin cert show " + found.serialNumber()));
  }

  private static Refusal wrongState(SerialNumber serialNumber, String why) {
    return Refusal.of(
        ProblemType.WRONG_STATE,
        "certificate " + serialNumber + " was not changed: " + why,
        "inkan-admin cert show " + serialNumber);
  }

  static Refusal unknown(SerialNumber serialNumber) {
    return Refusal.of(
        ProblemType.NOT_FOUND,
        "this CA has not issued a certificate " + serialNumber,
        "inkan-admin cert list --user or --org finds it.");
  }

  private static String word(CertificateState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
