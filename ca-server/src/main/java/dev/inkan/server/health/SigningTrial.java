package dev.inkan.server.health;

import dev.inkan.core.certificate.UnavailableException;
import dev.inkan.core.key.IssuerKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.operator.ContentSigner;

/** Has a key sign a few octets, and checks the signature against the key's certificate. */
public final class SigningTrial implements Supplier<Optional<String>> {

  // No structure that anybody signs begins like this: the signature is good for nothing.
  private static final byte[] OCTETS =
      "inkan: is the key there?".getBytes(StandardCharsets.US_ASCII);

  private final IssuerKey key;

  public SigningTrial(IssuerKey key) {
    this.key = key;
  }

  @Override
  public Optional<String> get() {
    try {
      ContentSigner signer = key.newSigner();
      try (OutputStream out = signer.getOutputStream()) {
        out.write(OCTETS);
      }
      Signature verifier = Signature.getInstance(key.algorithm().signatureAlgorithm());
      verifier.initVerify(publicKey());
      verifier.update(OCTETS);
      return verifier.verify(signer.getSignature())
          ? Optional.empty()
          : Optional.of("the key '" + key.id() + "' signs, but not as its certificate says");
    } catch (UnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage())); // its token is away
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(
          "the key '" + key.id() + "' does not sign (" + e.getClass().getSimpleName() + ")");
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(key.certificate().toByteArray()))
        .getPublicKey();
  }
}
