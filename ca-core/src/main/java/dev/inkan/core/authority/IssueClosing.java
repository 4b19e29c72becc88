package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.IssueFailedException.Stage;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Stores;
import java.time.Instant;
import java.util.Optional;

/** Closes issues that came to nothing: the serial number is burnt and counts as revoked. */
final class IssueClosing<S extends Stores> {

  private final Ledger<S> ledger;
  private final TrustedClock clock;
  private final NodeName node;

  IssueClosing(Ledger<S> ledger, TrustedClock clock, NodeName node) {
    this.ledger = ledger;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Closes the entry of an issue that failed. What goes wrong here is added to {@code failure}: the
   * entry then stays prepared, and {@link #closeLater} or the next request of the subscriber closes
   * it.
   */
  void abandon(
      CertificateRecord entry, Optional<Der> signed, Stage stage, IssueFailedException failure) {
    Instant now = clock.instant();
    // Otherwise the journal alone would tell that a certificate was issued and holds.
    boolean journalled =
        signed.isEmpty() || attempt(failure, () -> revokeInJournal(entry.serialNumber(), now));
    boolean closed =
        attempt(failure, () -> inTransaction(entry, signed, now, "issue failed at " + stage));
    if (!journalled || !closed) {
      closeLater(entry.serialNumber(), entry.subscriber(), signed);
    }
  }

  /**
   * Has an entry closed once the ledger is back, unless it turns out to be issued, closed or not to
   * be there.
   *
   * @param signed the certificate, if one was signed
   */
  void closeLater(SerialNumber serialNumber, SubscriberId subscriber, Optional<Der> signed) {
    ledger.unfinished().add(() -> closeIfPrepared(serialNumber, subscriber, signed));
  }

  private void closeIfPrepared(
      SerialNumber serialNumber, SubscriberId subscriber, Optional<Der> signed) {
    Optional<CertificateRecord> found = find(serialNumber, subscriber);
    if (found.isEmpty() || found.get().state() == LedgerState.ISSUED) {
      return;
    }
    // Also if somebody closed it first, who knew of no certificate.
    recover(found.get(), signed, "left behind while the ledger was away");
  }

  /** Closes an entry that this node left behind when it died. */
  void recover(CertificateRecord entry, Optional<Der> signed) {
    recover(entry, signed, "left behind at the node's last stop");
  }

  private void recover(CertificateRecord entry, Optional<Der> signed, String detail) {
    Instant now = clock.instant();
    if (signed.isPresent()) {
      revokeInJournal(entry.serialNumber(), now);
    }
    inTransaction(entry, signed, now, detail);
  }

  /** Closes an entry that some node left behind, in the transaction of the next request. */
  void abandonLeftBehind(Stores stores, CertificateRecord entry, Instant now) {
    close(stores, entry, Optional.empty(), now, "left behind by " + entry.preparedBy());
  }

  /**
   * What the ledger says of an entry whose last transaction seemed to fail; empty if it cannot be
   * asked. Waits for that transaction, should it still be under way.
   */
  Optional<LedgerState> stateAfter(CertificateRecord entry, RuntimeException seemingFailure) {
    try {
      return find(entry.serialNumber(), entry.subscriber()).map(CertificateRecord::state);
    } catch (RuntimeException e) {
      seemingFailure.addSuppressed(e);
      return Optional.empty();
    }
  }

  private Optional<CertificateRecord> find(SerialNumber serialNumber, SubscriberId subscriber) {
    return ledger
        .transactions()
        .inTransaction(
            stores -> {
              stores.certificates().lock(subscriber);
              return stores.certificates().find(serialNumber);
            });
  }

  private void revokeInJournal(SerialNumber serialNumber, Instant now) {
    ledger.journal().revoked(serialNumber, CertificateRecord.abandonment(now));
  }

  private boolean inTransaction(
      CertificateRecord entry, Optional<Der> signed, Instant now, String detail) {
    return ledger
        .transactions()
        .inTransaction(
            stores -> {
              stores.certificates().lock(entry.subscriber());
              return close(stores, entry, signed, now, detail);
            });
  }

  private boolean close(
      Stores stores, CertificateRecord entry, Optional<Der> signed, Instant now, String detail) {
    if (!stores.certificates().abandon(entry.serialNumber(), now, signed)) {
      return false; // somebody closed it first, and wrote it down
    }
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                new Actor(Actor.Kind.SYSTEM, node.value()),
                AuditAction.CERTIFICATE_ABANDONED,
                Optional.of(entry.subscriber()),
                Optional.of(entry.serialNumber()),
                detail));
    return true;
  }

  private static boolean attempt(IssueFailedException failure, Runnable step) {
    try {
      step.run();
      return true;
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
