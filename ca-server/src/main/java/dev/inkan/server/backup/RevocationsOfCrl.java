package dev.inkan.server.backup;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.crl.CrlEntry;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries what a CRL revokes into a ledger that was restored from a time before it: whoever trusted
 * the CRL must not find the certificate good again. Repeating it does no harm. For one thread.
 */
public final class RevocationsOfCrl {

  /** No certificate of a subscriber lasts longer. */
  private static final Period LONGEST = Period.ofDays(825);

  private static final SubscriberId UNKNOWN = new SubscriberId("unknown");

  private final Transactions<RegistrationStores> transactions;
  private final Journal journal;
  private final NodeName node;
  private final Clock clock;

  public RevocationsOfCrl(
      Transactions<RegistrationStores> transactions, Journal journal, NodeName node, Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.node = node;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param crlOf when the CRL was signed
   * @param revoked certificates of the ledger that are revoked or on hold by now
   * @param unknown serial numbers that the ledger did not know: revoked for ever, whoever has them
   */
  public record Report(Instant crlOf, int revoked, int unknown) {}

  /** Unites, entry by entry. */
  public Report unite(LaterCrl crl) {
    AtomicInteger revoked = new AtomicInteger();
    AtomicInteger unknown = new AtomicInteger();
    crl.forEach(
        encoded -> {
          SerialNumber serial = encoded.serialNumber();
          Optional<CertificateRecord> known =
              transactions.inTransaction(stores -> stores.certificates().find(serial));
          CrlEntry entry = encoded.decoded();
          if (known.isPresent()) {
            revoked.addAndGet(revoke(known.get(), by(entry)) ? 1 : 0);
          } else {
            unknown.addAndGet(burn(crl.issuer(), serial, entry.revocationDate()) ? 1 : 0);
          }
        });
    return new Report(crl.summary().thisUpdate(), revoked.get(), unknown.get());
  }

  private static CertificateStatus.Revoked by(CrlEntry entry) {
    return new CertificateStatus.Revoked(
        entry.revocationDate(), entry.reason(), entry.invalidityDate());
  }

  private boolean revoke(CertificateRecord entry, CertificateStatus.Revoked by) {
    SerialNumber serial = entry.serialNumber();
    if (entry.revocation().isPresent() && (!entry.isOnHold() || by.isHold())) {
      return false;
    }
    journal.revoked(serial, by);
    return transactions.inTransaction(
        stores -> {
          boolean done =
              by.isHold()
                  ? stores.certificates().hold(serial, by)
                  : stores.certificates().revoke(serial, by);
          if (done) {
            audit(
                stores,
                by.isHold() ? AuditAction.CERTIFICATE_HELD : AuditAction.CERTIFICATE_REVOKED,
                entry.subscriber(),
                serial);
          }
          return done;
        });
  }

  private boolean burn(CaName issuer, SerialNumber serial, Instant at) {
    Instant end = at.atOffset(ZoneOffset.UTC).plus(LONGEST).toInstant();
    CertificateRecord entry =
        CertificateRecord.prepared(
            serial, CertificateKind.SUBSCRIBER, issuer, UNKNOWN, new Validity(at, end), at, node);
    return transactions.inTransaction(
        stores -> {
          stores.certificates().prepare(entry);
          boolean done = stores.certificates().abandon(serial, at, Optional.empty());
          audit(stores, AuditAction.CERTIFICATE_ABANDONED, UNKNOWN, serial);
          return done;
        });
  }

  private void audit(
      RegistrationStores stores, AuditAction action, SubscriberId subscriber, SerialNumber serial) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SYSTEM, node.value()),
                action,
                Optional.of(subscriber),
                Optional.of(serial),
                "a published CRL and a restored ledger united"));
  }
}
