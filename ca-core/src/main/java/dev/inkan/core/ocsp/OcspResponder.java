package dev.inkan.core.ocsp;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.MessageSigner;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Signs answers about the certificates of one issuing CA, with a key that the CA delegated this to.
 * The delegate's certificate is in every answer. Safe for use by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.2.2">RFC 6960, section
 *     4.2.2.2</a>
 */
public final class OcspResponder {

  private final MessageSigner key;
  private final ResponseTemplate template;
  private final Map<IssuerHash, IssuerNames> issuer = new EnumMap<>(IssuerHash.class);
  private final Der certificate;
  private final Validity validity;

  /**
   * @param credential the delegate's key; its chain is its certificate, the issuing CA's and
   *     further ones
   * @throws IllegalArgumentException if the certificate does not delegate OCSP, or was not issued
   *     by the next in the chain
   */
  public OcspResponder(Credential credential) {
    if (credential.chain().size() < 2) {
      throw new IllegalArgumentException("a responder's chain has its issuer's certificate");
    }
    this.certificate = credential.certificate();
    X509CertificateHolder own = parse(certificate);
    X509CertificateHolder authority = parse(credential.chain().get(1));
    requireDelegation(own, authority);
    this.validity = new Validity(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
    this.key = credential.messageSigner();
    this.template = new ResponseTemplate(own, key.algorithm());
    for (IssuerHash hash : IssuerHash.values()) {
      issuer.put(hash, IssuerNames.of(authority, hash));
    }
  }

  private static void requireDelegation(
      X509CertificateHolder own, X509CertificateHolder authority) {
    ExtendedKeyUsage usage = ExtendedKeyUsage.fromExtensions(own.getExtensions());
    if (usage == null || !usage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)) {
      throw new IllegalArgumentException("the certificate is not for signing OCSP answers");
    }
    if (!own.getIssuer().equals(authority.getSubject())) {
      throw new IllegalArgumentException("the certificate was issued by another CA");
    }
  }

  private static X509CertificateHolder parse(Der certificate) {
    try {
      return new X509CertificateHolder(certificate.toByteArray());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not a certificate", e); // the parser throws both sorts
    }
  }

  /** The delegate's certificate. */
  public Der certificate() {
    return certificate;
  }

  /** When the delegate's certificate is valid; answers signed at other times help nobody. */
  public Validity validity() {
    return validity;
  }

  /** Whether the certificate that {@code id} names would be one of this issuer. */
  public boolean isIssuerOf(CertificateId id) {
    if (id.hash().isEmpty()) {
      return false;
    }
    IssuerNames names = issuer.get(id.hash().get());
    return names != null && id.names(names.nameHash(), names.keyHash());
  }

  /**
   * The signed {@code OCSPResponse} in DER.
   *
   * @param answers at least one, in the order in which they were asked
   * @param nonce the request's, to be echoed
   * @throws IllegalStateException if the key does not sign
   */
  public byte[] sign(List<SingleAnswer> answers, Freshness freshness, Optional<Nonce> nonce) {
    ResponseTemplate.Unsigned unsigned = template.fill(answers, freshness, nonce);
    return template.complete(
        unsigned, key.sign(unsigned.octets(), unsigned.offset(), unsigned.length()));
  }

  /** How clients name the issuing CA under one hash. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record IssuerNames(byte[] nameHash, byte[] keyHash) {

    static IssuerNames of(X509CertificateHolder authority, IssuerHash hash) {
      try {
        return new IssuerNames(
            hash.digest(authority.getSubject().getEncoded("DER")),
            hash.digest(authority.getSubjectPublicKeyInfo().getPublicKeyData().getOctets()));
      } catch (IOException e) {
        throw new IllegalStateException("a name that was read can be written", e);
      }
    }
  }
}
