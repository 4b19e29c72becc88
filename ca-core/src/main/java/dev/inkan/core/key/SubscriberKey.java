package dev.inkan.core.key;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A subscriber's key pair between its making and the PKCS#12 it leaves in. Nobody outside this room
 * sees the private key, and it can be packed once. Safe for use by several threads.
 *
 * <p>Closing drops the reference; the JVM offers no way to wipe the numbers themselves.
 */
public final class SubscriberKey implements AutoCloseable {

  private final PublicKey publicKey;
  private final AtomicReference<Optional<PrivateKey>> privateKey;

  SubscriberKey(KeyPair pair) {
    this.publicKey = pair.getPublic();
    this.privateKey = new AtomicReference<>(Optional.of(pair.getPrivate()));
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** Hands the private key over, once. */
  PrivateKey redeem() {
    return privateKey
        .getAndSet(Optional.empty())
        .orElseThrow(() -> new IllegalStateException("subscriber key was used or closed"));
  }

  @Override
  public void close() {
    privateKey.set(Optional.empty());
  }

  @Override
  public String toString() {
    return "SubscriberKey[" + publicKey.getAlgorithm() + ", private part redacted]";
  }
}
