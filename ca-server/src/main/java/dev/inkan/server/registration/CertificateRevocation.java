package dev.inkan.server.registration;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;

/**
 * Revokes certificates so that people hear of it: the holder and the organisation's master user get
 * a mail in the very transaction (D6). Whoever revokes a subscriber's certificate does it here.
 * Safe for several threads.
 */
public final class CertificateRevocation {

  private final RevocationAuthority<RegistrationStores> authority;

  public CertificateRevocation(RevocationAuthority<RegistrationStores> authority) {
    this.authority = authority;
  }

  /**
   * Revokes one certificate. Once this returns the revocation survives the loss of the database,
   * and the mails are queued; of one that was revoked before nobody is told again.
   *
   * @param revocation why, and from when on; never in the future
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written;
   *     nothing was revoked
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached;
   *     repeating is safe
   */
  public RevocationOutcome revoke(
      SerialNumber serialNumber, CertificateStatus.Revoked revocation, Actor actor) {
    return authority.revoke(serialNumber, revocation, actor, CertificateRevocation::tell);
  }

  private static void tell(RegistrationStores stores, CertificateRecord revoked) {
    if (revoked.kind() == CertificateKind.SUBSCRIBER) {
      HolderMails.revoked(stores, revoked);
    }
  }
}
