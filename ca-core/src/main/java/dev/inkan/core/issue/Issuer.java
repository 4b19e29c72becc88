package dev.inkan.core.issue;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Validity;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a CA's certificate tells about it, as far as the certificates below depend on it.
 *
 * @param keyIdentifier the CA's subject key identifier, which is the authority key identifier below
 * @param uris where the CA publishes; a root is its own issuer and needs none for itself
 */
public record Issuer(
    X500Name name,
    ASN1OctetString keyIdentifier,
    SubjectPublicKeyInfo publicKey,
    Validity validity,
    Optional<AuthorityUris> uris) {

  /** The issuer that {@code certificate} belongs to. */
  public static Issuer of(Der certificate, AuthorityUris uris) {
    X509CertificateHolder holder = parse(certificate);
    SubjectKeyIdentifier identifier = SubjectKeyIdentifier.fromExtensions(holder.getExtensions());
    if (identifier == null) {
      throw new IllegalArgumentException("an issuer's certificate has a subject key identifier");
    }
    return new Issuer(
        holder.getSubject(),
        ASN1OctetString.getInstance(identifier.toASN1Primitive()),
        holder.getSubjectPublicKeyInfo(),
        new Validity(holder.getNotBefore().toInstant(), holder.getNotAfter().toInstant()),
        Optional.of(uris));
  }

  /** A root that is about to sign its own certificate. */
  public static Issuer self(X500Name name, PublicKey publicKey, Validity validity) {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
    return new Issuer(name, KeyIdentifier.of(info), info, validity, Optional.empty());
  }

  /**
   * Refuses a validity that the issuer's own certificate would not carry.
   *
   * @throws ValidityOutsideIssuerException if it starts before or ends after the issuer's
   */
  public void requireCovers(Validity wanted) {
    if (wanted.notBefore().isBefore(validity.notBefore())
        || wanted.notAfter().isAfter(validity.notAfter())) {
      throw new ValidityOutsideIssuerException(wanted, validity);
    }
  }

  private static X509CertificateHolder parse(Der certificate) {
    try {
      return new X509CertificateHolder(certificate.toByteArray());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not a certificate", e); // the parser throws both sorts
    }
  }
}
