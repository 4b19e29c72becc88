package dev.inkan.core.crl;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a CRL.
 *
 * @param revocationDate to the second, as DER has it
 * @param reason left out of the encoding if it is {@code UNSPECIFIED}; {@code REMOVE_FROM_CRL} in
 *     delta CRLs alone
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5.3">RFC 5280, section 5.3</a>
 */
public record CrlEntry(
    SerialNumber serialNumber,
    Instant revocationDate,
    RevocationReason reason,
    Optional<Instant> invalidityDate) {

  /** The entry of a revoked or held certificate. */
  public static CrlEntry of(SerialNumber serialNumber, CertificateStatus.Revoked revoked) {
    return new CrlEntry(serialNumber, revoked.at(), revoked.reason(), revoked.invalidityDate());
  }

  /** A delta's word that the certificate is to be taken off the CRL it builds on. */
  public static CrlEntry removed(SerialNumber serialNumber, Instant at) {
    return new CrlEntry(serialNumber, at, RevocationReason.REMOVE_FROM_CRL, Optional.empty());
  }
}
