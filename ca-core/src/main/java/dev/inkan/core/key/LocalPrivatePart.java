package dev.inkan.core.key;

import java.security.PrivateKey;
import java.security.SecureRandom;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private key in this process's memory. */
final class LocalPrivatePart implements PrivatePart {

  private final PrivateKey key;
  private final KeyAlgorithm algorithm;
  private final CryptoProviders providers;
  private final SecureRandom random;

  LocalPrivatePart(
      PrivateKey key, KeyAlgorithm algorithm, CryptoProviders providers, SecureRandom random) {
    this.key = key;
    this.algorithm = algorithm;
    this.providers = providers;
    this.random = random;
  }

  @Override
  public ContentSigner newSigner() {
    try {
      return new JcaContentSignerBuilder(algorithm.signatureAlgorithm())
          .setProvider(providers.forKeysOf(algorithm))
          .setSecureRandom(random)
          .build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("no signer for a " + algorithm + " key", e);
    }
  }

  @Override
  public MessageSigner messageSigner() {
    return new LocalMessageSigner(key, algorithm, providers, random);
  }

  @Override
  public void requireReady() {
    // Nothing comes between a process and its own memory.
  }

  @Override
  public Exported export() {
    return new Exported(key, random);
  }
}
