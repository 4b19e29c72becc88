package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked for when a certificate is to be revoked for ever. The time of the revocation is
 * when it is done.
 *
 * @param reason not {@code CERTIFICATE_HOLD} or {@code REMOVE_FROM_CRL}, which do not last
 * @param invalidityDate since when it was not to be trusted, such as when the PC was lost
 */
public record Revocation(RevocationReason reason, Optional<Instant> invalidityDate) {

  public Revocation {
    if (reason == RevocationReason.CERTIFICATE_HOLD || reason == RevocationReason.REMOVE_FROM_CRL) {
      throw new IllegalArgumentException(reason + " is not a reason to revoke for ever");
    }
  }

  /** For this reason, and nothing is known of a time before. */
  public static Revocation because(RevocationReason reason) {
    return new Revocation(reason, Optional.empty());
  }

  /** The same, and the certificate was not to be trusted since {@code invalidityDate}. */
  public Revocation since(Instant invalidityDate) {
    return new Revocation(reason, Optional.of(invalidityDate));
  }

  CertificateStatus.Revoked at(Instant at) {
    return new CertificateStatus.Revoked(at, reason, invalidityDate);
  }

  /** What a hold becomes: its date stays, and what was known of a time before. */
  CertificateStatus.Revoked after(CertificateStatus.Revoked hold) {
    return new CertificateStatus.Revoked(
        hold.at(), reason, invalidityDate.or(hold::invalidityDate));
  }
}
