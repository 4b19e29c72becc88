package dev.inkan.server.authority;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Validity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a responder's certificate must be, whoever brings it. */
public final class ResponderCheck {

  /** RFC 6960, section 4.2.2.2. */
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private ResponderCheck() {}

  /** Whether {@code issuer} signed it, for OCSP, and it is valid at {@code now}. */
  public static boolean isIssuedBy(Der certificate, Der issuer, Instant now) {
    try {
      X509Certificate parsed = parse(certificate);
      parsed.verify(parse(issuer).getPublicKey());
      List<String> purposes = parsed.getExtendedKeyUsage();
      return purposes != null
          && purposes.equals(List.of(OCSP_SIGNING))
          && parsed.getBasicConstraints() < 0
          && validity(parsed).contains(now);
    } catch (GeneralSecurityException e) {
      return false; // another's signature, or none at all
    }
  }

  /** Whether it is a certificate for {@code key}; of what cannot be read, it is not. */
  public static boolean isOf(Der certificate, PublicKey key) {
    try {
      return Arrays.equals(parse(certificate).getPublicKey().getEncoded(), key.getEncoded());
    } catch (CertificateException e) {
      return false;
    }
  }

  /**
   * The key that it certifies.
   *
   * @throws IllegalArgumentException if it is no certificate
   */
  public static PublicKey keyOf(Der certificate) {
    try {
      return parse(certificate).getPublicKey();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
  }

  /** When it is valid; empty if it is no certificate. */
  public static Optional<Validity> validity(Der certificate) {
    try {
      return Optional.of(validity(parse(certificate)));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private static Validity validity(X509Certificate certificate) {
    return new Validity(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static X509Certificate parse(Der certificate) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.toByteArray()));
  }
}
