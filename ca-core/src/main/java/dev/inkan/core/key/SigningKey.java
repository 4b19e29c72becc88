package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;

/**
 * A private key that signs and is never shown. It has no certificate yet; see {@link #certified}.
 * Safe for use by several threads.
 */
public final class SigningKey {

  private final PublicKey publicKey;
  private final KeyAlgorithm algorithm;
  private final PrivatePart privatePart;

  SigningKey(PublicKey publicKey, KeyAlgorithm algorithm, PrivatePart privatePart) {
    this.publicKey = publicKey;
    this.algorithm = algorithm;
    this.privatePart = privatePart;
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * A signer for one signature: it is one running digest, so the next signature takes another.
   *
   * @throws KeyUnavailableException if the key lives in a token that is away
   */
  public ContentSigner newSigner() {
    return privatePart.newSigner();
  }

  /** A signer for many short messages. */
  public MessageSigner messageSigner() {
    return privatePart.messageSigner();
  }

  /**
   * The key together with its certificate.
   *
   * @param id how messages and logs call the key
   * @param chain the key's certificate first, then its issuers up to and with the root
   */
  public Credential certified(String id, List<Der> chain) {
    return new Credential(id, this, chain);
  }

  void requireReady() {
    privatePart.requireReady();
  }

  PrivatePart.Exported export() {
    return privatePart.export();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + ", private part redacted]";
  }
}
