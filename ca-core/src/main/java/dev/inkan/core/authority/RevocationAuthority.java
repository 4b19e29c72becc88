package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Revokes certificates. Needs no key: what it writes is what responders and CRLs tell. Safe for use
 * by several threads.
 *
 * @param <S> the embedding application's stores
 */
public final class RevocationAuthority<S extends Stores> {

  private final Ledger<S> ledger;
  private final Clock clock;

  public RevocationAuthority(Ledger<S> ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** As {@link #revoke(SerialNumber, CertificateStatus.Revoked, Actor, RevocationCompletion)}. */
  public RevocationOutcome revoke(
      SerialNumber serialNumber, RevocationReason reason, Instant at, Actor actor) {
    return revoke(
        serialNumber, new CertificateStatus.Revoked(at, reason), actor, (stores, revoked) -> {});
  }

  /**
   * Revokes one certificate. Once this returns the revocation survives the loss of the database.
   *
   * @param revocation why, and from when on the certificate is not to be trusted, such as when the
   *     PC was lost; never in the future
   * @param completion runs in the transaction that revokes; not if it was revoked already
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written;
   *     nothing was revoked
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached; if the
   *     journal had been written, start-up carries the revocation over, and repeating is safe
   */
  public RevocationOutcome revoke(
      SerialNumber serialNumber,
      CertificateStatus.Revoked revocation,
      Actor actor,
      RevocationCompletion<S> completion) {
    if (revocation.at().isAfter(clock.instant())) {
      throw new IllegalArgumentException(
          "a revocation cannot begin in the future: " + revocation.at());
    }
    Optional<CertificateRecord> entry =
        ledger.transactions().inTransaction(stores -> stores.certificates().find(serialNumber));
    if (entry.isEmpty()) {
      return RevocationOutcome.NOT_ISSUED_HERE;
    }
    if (entry.get().revocation().isPresent()) {
      return RevocationOutcome.ALREADY_REVOKED;
    }
    ledger.journal().revoked(serialNumber, revocation);
    return ledger
        .transactions()
        .inTransaction(
            stores -> {
              RevocationOutcome outcome = record(stores, entry.get(), revocation, actor);
              if (outcome == RevocationOutcome.REVOKED) {
                completion.revoked(stores, entry.get().revoked(revocation));
              }
              return outcome;
            });
  }

  private RevocationOutcome record(
      Stores stores, CertificateRecord entry, CertificateStatus.Revoked revocation, Actor actor) {
    if (!stores.certificates().revoke(entry.serialNumber(), revocation)) {
      return RevocationOutcome.ALREADY_REVOKED;
    }
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                actor,
                AuditAction.CERTIFICATE_REVOKED,
                Optional.of(entry.subscriber()),
                Optional.of(entry.serialNumber()),
                revocation.reason() + " from " + revocation.at()));
    return RevocationOutcome.REVOKED;
  }
}
