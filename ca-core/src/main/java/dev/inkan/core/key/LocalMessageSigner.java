package dev.inkan.core.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;

/**
 * Signs with a key in memory. Every thread keeps a running signature of its own, so that nothing is
 * looked up and no key is translated for each message.
 */
final class LocalMessageSigner implements MessageSigner {

  private final ThreadLocal<Signature> signatures;
  private final KeyAlgorithm algorithm;

  LocalMessageSigner(
      PrivateKey key, KeyAlgorithm algorithm, CryptoProviders providers, SecureRandom random) {
    this.algorithm = algorithm;
    Provider provider = providers.forKeysOf(algorithm);
    this.signatures = ThreadLocal.withInitial(() -> start(key, algorithm, provider, random));
  }

  private static Signature start(
      PrivateKey key, KeyAlgorithm algorithm, Provider provider, SecureRandom random) {
    try {
      Signature signature = Signature.getInstance(algorithm.signatureAlgorithm(), provider);
      signature.initSign(key, random);
      return signature;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no signer for a " + algorithm + " key", e);
    }
  }

  @Override
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public byte[] sign(byte[] message, int offset, int length) {
    try {
      Signature signature = signatures.get();
      signature.update(message, offset, length);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      signatures.remove();
      throw new IllegalStateException("a " + algorithm + " key did not sign", e);
    }
  }

  @Override
  public String toString() {
    return "MessageSigner[" + algorithm + ", private part redacted]";
  }
}
