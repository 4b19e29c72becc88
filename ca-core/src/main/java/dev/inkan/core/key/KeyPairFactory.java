package dev.inkan.core.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;

/** Makes new keys. Safe for use by several threads. */
public final class KeyPairFactory implements SigningKeyMaker {

  private final CryptoProviders providers;
  private final SecureRandom random;

  public KeyPairFactory(CryptoProviders providers, SecureRandom random) {
    this.providers = providers;
    this.random = random;
  }

  /** A subscriber's key, to be certified and packed into a PKCS#12 once. */
  public SubscriberKey subscriberKey(KeyAlgorithm algorithm) {
    return new SubscriberKey(keyPair(algorithm));
  }

  /** A key in memory: to sign with, or to be thrown away after a rehearsal. */
  @Override
  public SigningKey signingKey(KeyAlgorithm algorithm) {
    KeyPair pair = keyPair(algorithm);
    return new SigningKey(
        pair.getPublic(),
        algorithm,
        new LocalPrivatePart(pair.getPrivate(), algorithm, providers, random));
  }

  private KeyPair keyPair(KeyAlgorithm algorithm) {
    try {
      return CryptoProviders.keyPair(algorithm, providers.forKeysOf(algorithm), random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("making a " + algorithm + " key failed", e);
    }
  }
}
