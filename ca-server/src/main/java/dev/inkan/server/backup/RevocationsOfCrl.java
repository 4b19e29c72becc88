package dev.inkan.server.backup;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

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
   * @param revoked certificates of the ledger that are revoked or on hold by now
   * @param unknown serial numbers that the ledger did not know: revoked for ever, whoever has them
   */
  public record Report(int revoked, int unknown) {}

  /**
   * Unites; the CRL's signature was verified before.
   *
   * @param issuer the CA that signed it
   */
  public Report unite(CaName issuer, X509CRL crl) {
    int revoked = 0;
    int unknown = 0;
    if (crl.getRevokedCertificates() != null) {
      for (X509CRLEntry entry : crl.getRevokedCertificates()) {
        SerialNumber serial = new SerialNumber(entry.getSerialNumber());
        CertificateStatus.Revoked by =
            new CertificateStatus.Revoked(entry.getRevocationDate().toInstant(), reason(entry));
        if (isKnown(serial)) {
          revoked += revoke(serial, by) ? 1 : 0;
        } else {
          unknown += burn(issuer, serial, by.at()) ? 1 : 0;
        }
      }
    }
    return new Report(revoked, unknown);
  }

  private boolean isKnown(SerialNumber serial) {
    return transactions.inTransaction(stores -> stores.certificates().find(serial).isPresent());
  }

  private static RevocationReason reason(X509CRLEntry entry) {
    return entry.getRevocationReason() == null
        ? RevocationReason.UNSPECIFIED
        : RevocationReason.valueOf(entry.getRevocationReason().name());
  }

  private boolean revoke(SerialNumber serial, CertificateStatus.Revoked by) {
    CertificateRecord entry =
        transactions.inTransaction(stores -> stores.certificates().find(serial).orElseThrow());
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
