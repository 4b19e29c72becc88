package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A private key that signs and is never shown. It has no certificate yet; see {@link #certified}.
 * Safe for use by several threads.
 */
public final class SigningKey {

  private final KeyPair pair;
  private final KeyAlgorithm algorithm;
  private final CryptoProviders providers;
  private final SecureRandom random;

  SigningKey(KeyPair pair, KeyAlgorithm algorithm, CryptoProviders providers, SecureRandom random) {
    this.pair = pair;
    this.algorithm = algorithm;
    this.providers = providers;
    this.random = random;
  }

  public PublicKey publicKey() {
    return pair.getPublic();
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /** A signer for one signature: it is one running digest, so the next signature takes another. */
  public ContentSigner newSigner() {
    try {
      return new JcaContentSignerBuilder(algorithm.signatureAlgorithm())
          .setProvider(providers.forKeysOf(algorithm))
          .setSecureRandom(random)
          .build(pair.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("no signer for a " + algorithm + " key", e);
    }
  }

  /** A signer for many short messages. */
  public MessageSigner messageSigner() {
    return new MessageSigner(pair.getPrivate(), algorithm, providers, random);
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

  PrivateKey privateKey() {
    return pair.getPrivate();
  }

  SecureRandom random() {
    return random;
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + ", private part redacted]";
  }
}
