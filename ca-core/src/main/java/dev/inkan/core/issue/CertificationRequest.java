package dev.inkan.core.issue;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * What goes to a key ceremony elsewhere: who wants to be certified, and the key. The private key
 * stays where it was made and has signed the request, which shows that it exists.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986</a>
 */
public record CertificationRequest(X500Name subject, PublicKey publicKey) {

  private static final String LABEL = "CERTIFICATE REQUEST";

  /**
   * What {@code key} asks for.
   *
   * @param key with a certificate, of whatever worth, that has the subject wanted
   */
  public static CertificationRequest of(IssuerKey key) {
    try {
      X509CertificateHolder own = new X509CertificateHolder(key.certificate().toByteArray());
      return new CertificationRequest(
          own.getSubject(), new JcaX509CertificateConverter().getCertificate(own).getPublicKey());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
  }

  /** The request in PEM, signed by the key that it is for. */
  public String toPem(IssuerKey key) {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
      PKCS10CertificationRequest made =
          new PKCS10CertificationRequestBuilder(subject, info).build(key.newSigner());
      return Pem.block(LABEL, Der.copyOf(made.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong: it is none, it is cut off, it was not
   *     signed by the key that it names, or the key is of a kind that no issuing CA has
   */
  public static CertificationRequest read(String pem, Provider verification) {
    return read(
        pem,
        verification,
        KeyAlgorithm::isAuthoritys,
        "its key is neither p-384 nor rsa-3072, which issuing CAs have");
  }

  /**
   * As {@link #read}, for the key of an OCSP responder: P-256, P-384 or RSA of 3072 bits.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static CertificationRequest readResponders(String pem, Provider verification) {
    return read(
        pem,
        verification,
        it -> it.isAuthoritys() || it == KeyAlgorithm.P_256,
        "its key is none of p-256, p-384 and rsa-3072, which responders have");
  }

  private static CertificationRequest read(
      String pem, Provider verification, Predicate<KeyAlgorithm> fitting, String unfit) {
    Der der = Pem.single(LABEL, pem);
    try {
      JcaPKCS10CertificationRequest request =
          new JcaPKCS10CertificationRequest(der.toByteArray()).setProvider(verification);
      PublicKey publicKey = request.getPublicKey();
      if (!request.isSignatureValid(
          new JcaContentVerifierProviderBuilder().setProvider(verification).build(publicKey))) {
        throw new IllegalArgumentException("it was not signed by the key that it names");
      }
      if (KeyAlgorithm.of(publicKey).filter(fitting).isEmpty()) {
        throw new IllegalArgumentException(unfit);
      }
      return new CertificationRequest(request.getSubject(), publicKey);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      throw new IllegalArgumentException("it is no certification request", e);
    }
  }
}
