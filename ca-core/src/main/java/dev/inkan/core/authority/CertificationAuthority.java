package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Issues subscribers' certificates. Whatever breaks, and whenever: a serial number is known before
 * anything is signed under it, a certificate counts only together with its file, and a subscriber
 * never holds two outside their renewal window. Safe for use by several threads, and by several
 * processes over one ledger.
 *
 * @param <S> the embedding application's stores
 */
public final class CertificationAuthority<S extends Stores> {

  private final Ledger<S> ledger;
  private final Host host;
  private final SubscriberCertificates certificates;
  private final IssuancePolicy policy;
  private final TrustedClock clock;
  private final IssueClosing<S> closing;

  public CertificationAuthority(
      Ledger<S> ledger, Host host, SubscriberCertificates certificates, IssuanceRules rules) {
    this.ledger = ledger;
    this.host = host;
    this.certificates = certificates;
    this.policy = rules.issuance();
    this.clock = new TrustedClock(host.clock(), rules.clock());
    this.closing = new IssueClosing<>(ledger, clock, host.node());
  }

  /**
   * Issues one certificate, or says why not. The caller wipes the passphrase.
   *
   * @param pfxPassphrase what the PKCS#12 opens with
   * @param completion runs in the transaction that makes the certificate issued
   * @throws IssueFailedException if it came to nothing after the serial number was recorded
   * @throws ClockSuspiciousException if the clock is wrong; nothing was recorded
   * @throws dev.inkan.core.issue.ValidityOutsideIssuerException if the issuing CA ends too soon;
   *     nothing was recorded
   * @throws dev.inkan.core.certificate.UnavailableException if the CA's key is away; nothing was
   *     recorded
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written
   */
  public IssueOutcome issue(
      SubscriberRequest request, Passphrase pfxPassphrase, Completion<S> completion) {
    requireReady();
    SerialNumber serialNumber = SerialNumber.random(host.random());
    ledger.journal().serialReserved(serialNumber, clock.instant());
    Reservation reservation = reserve(request, serialNumber);
    if (reservation.entry().isEmpty()) {
      return new IssueOutcome.Refused(reservation.decision());
    }
    return new IssueInProgress<>(ledger, certificates, clock, closing, reservation.entry().get())
        .finish(request, pfxPassphrase, completion);
  }

  /**
   * Asks whether the CA's key could sign now, before a subscriber is let begin.
   *
   * @throws dev.inkan.core.certificate.UnavailableException if it could not
   */
  public void requireReady() {
    certificates.requireReady();
  }

  /**
   * What the ledger's absence left half done, for whoever else has to note an end in the ledger.
   */
  public UnfinishedWork unfinished() {
    return ledger.unfinished();
  }

  /**
   * What {@link #issue} would decide at this moment, so that a subscriber can be told before going
   * through the whole flow. Promises nothing.
   */
  public IssuanceDecision mayIssue(Stores stores, SubscriberId subscriber) {
    return policy.decide(stores.certificates().findBySubscriber(subscriber), clock.instant());
  }

  /**
   * Closes what this node left unfinished when it died. To be called before it issues anything.
   *
   * @param signed the certificate of a serial number, if the journal knows that one was signed
   * @return how many entries were closed
   */
  public int recover(Function<SerialNumber, Optional<Der>> signed) {
    List<CertificateRecord> left =
        ledger
            .transactions()
            .inTransaction(stores -> stores.certificates().findPrepared(host.node()));
    left.forEach(entry -> closing.recover(entry, signed.apply(entry.serialNumber())));
    return left.size();
  }

  private Reservation reserve(SubscriberRequest request, SerialNumber serialNumber) {
    try {
      return ledger.transactions().inTransaction(stores -> reserve(stores, request, serialNumber));
    } catch (StoreUnavailableException e) {
      // It may have been committed: it would keep the subscriber from asking again.
      closing.closeLater(serialNumber, request.subscriber(), Optional.empty());
      throw e;
    }
  }

  private Reservation reserve(S stores, SubscriberRequest request, SerialNumber serialNumber) {
    SubscriberId subscriber = request.subscriber();
    CertificateStore store = stores.certificates();
    if (!store.lock(subscriber)) {
      throw new UnknownSubscriberException(subscriber);
    }
    Instant now = clock.instantAgainst(stores.databaseTime());
    store.findBySubscriber(subscriber).stream()
        .filter(entry -> policy.isLeftBehind(entry, now))
        .forEach(entry -> closing.abandonLeftBehind(stores, entry, now));
    IssuanceDecision decision = policy.decide(store.findBySubscriber(subscriber), now);
    return decision.fold(
        granted -> prepare(stores, subscriber, serialNumber, granted, now),
        tooEarly ->
            refuse(
                stores,
                subscriber,
                tooEarly,
                tooEarly.current(),
                "valid certificate, renewal opens " + tooEarly.renewalOpens(),
                now),
        inProgress ->
            refuse(
                stores,
                subscriber,
                inProgress,
                inProgress.prepared(),
                "another certificate is being issued",
                now));
  }

  private Reservation prepare(
      S stores,
      SubscriberId subscriber,
      SerialNumber serialNumber,
      IssuanceDecision.Granted granted,
      Instant now) {
    Validity validity = granted.validity();
    certificates.requireCovers(validity);
    CertificateRecord entry =
        CertificateRecord.prepared(
            serialNumber,
            CertificateKind.SUBSCRIBER,
            certificates.issuer(),
            subscriber,
            validity,
            now,
            host.node());
    stores.certificates().prepare(entry);
    audit(
        stores,
        now,
        AuditAction.CERTIFICATE_PREPARED,
        subscriber,
        serialNumber,
        "by " + host.node());
    return new Reservation(granted, Optional.of(entry));
  }

  private static Reservation refuse(
      Stores stores,
      SubscriberId subscriber,
      IssuanceDecision decision,
      SerialNumber inTheWay,
      String detail,
      Instant now) {
    audit(stores, now, AuditAction.ISSUE_REFUSED, subscriber, inTheWay, detail);
    return new Reservation(decision, Optional.empty());
  }

  private static void audit(
      Stores stores,
      Instant now,
      AuditAction action,
      SubscriberId subscriber,
      SerialNumber serialNumber,
      String detail) {
    Actor actor = new Actor(Actor.Kind.SUBSCRIBER, subscriber.value());
    stores
        .audit()
        .append(
            new AuditEvent(
                now, actor, action, Optional.of(subscriber), Optional.of(serialNumber), detail));
  }

  /** What the first transaction decided; the entry is there if it was granted. */
  private record Reservation(IssuanceDecision decision, Optional<CertificateRecord> entry) {}
}
