package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.SingleAnswer;
import java.util.Optional;

/** One entry of the ledger, as it is to be answered from now on. */
public record StatusChange(CaName issuer, SerialNumber serialNumber, CertificateStatus status) {

  /**
   * What a responder says of an entry (S10): good only if its certificate was issued and is neither
   * revoked nor held. One that is merely prepared is unknown: it may come to be at any moment.
   *
   * @param signed whether a certificate is known to exist
   */
  public static StatusChange of(
      CaName issuer,
      SerialNumber serialNumber,
      LedgerState state,
      boolean signed,
      Optional<CertificateStatus.Revoked> revocation) {
    return new StatusChange(issuer, serialNumber, status(state, signed, revocation));
  }

  private static CertificateStatus status(
      LedgerState state, boolean signed, Optional<CertificateStatus.Revoked> revocation) {
    return switch (state) {
      case PREPARED -> new CertificateStatus.Unknown();
      case ISSUED -> revocation.isPresent() ? revocation.get() : new CertificateStatus.Good();
      case ABANDONED ->
          signed && revocation.isPresent() ? revocation.get() : SingleAnswer.NEVER_ISSUED;
    };
  }
}
