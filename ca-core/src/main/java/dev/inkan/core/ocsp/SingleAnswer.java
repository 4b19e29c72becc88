package dev.inkan.core.ocsp;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;

/** What is said about one certificate. */
public record SingleAnswer(CertificateId certificate, CertificateStatus status) {

  /**
   * How a serial number is answered that is burnt, and under which no certificate is known to
   * exist: revoked, in the form that is kept for certificates that were never issued. An answer
   * with it carries the extended-revoke extension.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-2.2">RFC 6960, section 2.2</a>
   */
  public static final CertificateStatus.Revoked NEVER_ISSUED =
      new CertificateStatus.Revoked(Instant.EPOCH, RevocationReason.CERTIFICATE_HOLD);
}
