package dev.inkan.server.registration.certificate;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Revokes, holds and releases certificates so that people hear of it: the holder and the
 * organisation's master user get a mail in the very transaction (D6). Whoever changes a
 * subscriber's certificate does it here. Safe for several threads.
 */
public final class CertificateRevocation {

  private final RevocationAuthority<? extends CertificateStores> authority;

  public CertificateRevocation(RevocationAuthority<? extends CertificateStores> authority) {
    this.authority = authority;
  }

  /**
   * Revokes one certificate for ever. Once this returns the revocation survives the loss of the
   * database, and the mails are queued; of one that was revoked before nobody is told again.
   *
   * @param revocation its invalidity date is never in the future
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written;
   *     nothing was revoked
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached;
   *     repeating is safe
   */
  public RevocationOutcome revoke(SerialNumber serialNumber, Revocation revocation, Actor actor) {
    return authority.revoke(
        serialNumber, revocation, actor, (stores, it) -> tell(stores, it, HolderMails::revoked));
  }

  /**
   * Puts one certificate on hold, with the same promises.
   *
   * @param invalidityDate since when it was not to be trusted, where that is known; never in the
   *     future
   */
  public RevocationOutcome hold(
      SerialNumber serialNumber, Optional<Instant> invalidityDate, Actor actor) {
    return authority.hold(
        serialNumber, invalidityDate, actor, (stores, it) -> tell(stores, it, HolderMails::held));
  }

  /**
   * Ends a hold. Once this returns the release survives the loss of the database, and the mails are
   * queued.
   *
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written: it
   *     is released, until the database should be lost
   */
  public RevocationOutcome release(SerialNumber serialNumber, Actor actor) {
    return authority.release(
        serialNumber, actor, (stores, it) -> tell(stores, it, HolderMails::released));
  }

  private static void tell(
      CertificateStores stores,
      CertificateRecord changed,
      BiConsumer<CertificateStores, CertificateRecord> mails) {
    if (changed.kind() == CertificateKind.SUBSCRIBER) {
      mails.accept(stores, changed);
    }
  }
}
