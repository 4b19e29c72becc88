package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.IssueFailedException.Stage;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Makes operators' keys and certificates under the issuing CA. As with subscribers' a serial number
 * is known before anything is signed under it, and the certificate counts only once it is recorded.
 * Safe for use by several threads.
 *
 * @param <S> the embedding application's stores
 */
public final class OperatorCertificates<S extends Stores> {

  /** How the ledger calls operators: no user's identifier begins like this. */
  public static final String SUBSCRIBER_PREFIX = "operator:";

  private static final int MAXIMUM_DAYS = 1_000;
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private final Ledger<S> ledger;
  private final IssuingCa issuer;
  private final Host host;
  private final KeyPairFactory keys;
  private final TrustedClock clock;
  private final IssueClosing<S> closing;

  public OperatorCertificates(
      Ledger<S> ledger, IssuingCa issuer, Host host, KeyPairFactory keys, ClockPolicy clocks) {
    this.ledger = ledger;
    this.issuer = issuer;
    this.host = host;
    this.keys = keys;
    this.clock = new TrustedClock(host.clock(), clocks);
    this.closing = new IssueClosing<>(ledger, clock, host.node());
  }

  /**
   * Whose certificate it is to be.
   *
   * @param organisation the bank's name, the {@code O}
   * @param name the operator's, the {@code CN}
   * @param days how long it is valid; 1-1000
   */
  public record Order(String organisation, String name, int days, Actor by) {

    public Order {
      if (days < 1 || days > MAXIMUM_DAYS) {
        throw new IllegalArgumentException("days must be 1-" + MAXIMUM_DAYS + ": " + days);
      }
    }

    SubscriberId subscriber() {
      return new SubscriberId(SUBSCRIBER_PREFIX + name);
    }
  }

  /**
   * Makes one and records it.
   *
   * @param completion runs in the transaction that makes the certificate issued; if it throws,
   *     there is none
   * @throws IssueFailedException if it came to nothing after the serial number was recorded
   * @throws ClockSuspiciousException if the clock is wrong; nothing was recorded
   * @throws dev.inkan.core.issue.ValidityOutsideIssuerException if the issuing CA ends too soon
   * @throws dev.inkan.core.certificate.UnavailableException if the CA's key is away; nothing was
   *     recorded
   */
  public CertifiedKey issue(Order order, BiConsumer<S, CertifiedKey> completion) {
    issuer.requireReady();
    SerialNumber serialNumber = SerialNumber.random(host.random());
    ledger.journal().serialReserved(serialNumber, clock.instant());
    CertificateRecord entry =
        ledger.transactions().inTransaction(stores -> prepare(stores, order, serialNumber));
    SigningKey key =
        at(entry, Stage.KEY, Optional.empty(), () -> keys.signingKey(KeyAlgorithm.P_256));
    Der certificate =
        at(entry, Stage.SIGN, Optional.empty(), () -> issuer.certify(template(order, entry, key)));
    CertifiedKey made =
        new CertifiedKey(key.certified(order.name(), chain(certificate)), entry.issued());
    return at(entry, Stage.RECORD, Optional.of(certificate), () -> record(made, order, completion));
  }

  private CertificateRecord prepare(S stores, Order order, SerialNumber serialNumber) {
    Instant now = clock.instantAgainst(stores.databaseTime());
    Validity validity =
        Validity.lasting(Duration.ofDays(order.days()), later(now.minus(BACKDATING)));
    issuer.requireCovers(validity);
    CertificateRecord entry =
        CertificateRecord.prepared(
            serialNumber,
            CertificateKind.OPERATOR,
            issuer.name(),
            order.subscriber(),
            validity,
            now,
            host.node());
    stores.certificates().prepare(entry);
    audit(stores, now, order.by(), AuditAction.CERTIFICATE_PREPARED, entry, "by " + host.node());
    return entry;
  }

  // Nothing is valid before its issuer, which may be minutes old at the first start.
  private Instant later(Instant start) {
    Instant first = issuer.validity().notBefore();
    return start.isBefore(first) ? first : start;
  }

  private CertificateTemplate template(Order order, CertificateRecord entry, SigningKey key) {
    return new CertificateTemplate(
        CertificateProfile.operator(issuer.policies()),
        entry.serialNumber(),
        entry.validity(),
        SubjectName.of(order.organisation(), order.name()),
        key.publicKey());
  }

  private List<Der> chain(Der certificate) {
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    return chain;
  }

  private CertifiedKey record(
      CertifiedKey made, Order order, BiConsumer<S, CertifiedKey> completion) {
    CertificateRecord entry = made.entry();
    Der certificate = made.credential().certificate();
    ledger.journal().issued(entry.serialNumber(), entry.subscriber(), certificate, clock.instant());
    return ledger
        .transactions()
        .inTransaction(
            stores -> {
              if (!stores.certificates().markIssued(entry.serialNumber(), certificate)) {
                throw new IllegalStateException("entry was closed meanwhile");
              }
              audit(
                  stores,
                  clock.instant(),
                  order.by(),
                  AuditAction.CERTIFICATE_ISSUED,
                  entry,
                  "valid to " + entry.validity().notAfter());
              completion.accept(stores, made);
              return made;
            });
  }

  private <R> R at(CertificateRecord entry, Stage stage, Optional<Der> signed, Supplier<R> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      IssueFailedException failure = new IssueFailedException(entry.serialNumber(), stage, e);
      closing.abandon(entry, signed, stage, failure);
      throw failure;
    }
  }

  private static void audit(
      Stores stores,
      Instant at,
      Actor by,
      AuditAction action,
      CertificateRecord entry,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                at,
                by,
                action,
                Optional.of(entry.subscriber()),
                Optional.of(entry.serialNumber()),
                detail));
  }
}
