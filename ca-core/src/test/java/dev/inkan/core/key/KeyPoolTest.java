package dev.inkan.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("A9")
@Timeout(30)
class KeyPoolTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPairFactory KEYS =
      new KeyPairFactory(CryptoProviders.bouncyCastle(), RANDOM);

  @Test
  void fillsItselfAheadAndAgain() {
    try (KeyPool pool = pool(3)) {
      awaitAvailable(pool, 3);
      pool.take().close();
      awaitAvailable(pool, 3);
    }
  }

  @Test
  void neverHandsOutAKeyTwice() {
    Set<PublicKey> taken = new HashSet<>();
    try (KeyPool pool = pool(2)) {
      for (int i = 0; i < 50; i++) {
        taken.add(pool.take().publicKey());
      }
    }
    assertThat(taken).hasSize(50);
  }

  @Test
  void makesAKeyOnTheSpotWhenEmpty() {
    try (KeyPool pool = pool(0)) {
      assertThat(pool.available()).isZero();
      assertThat(KeyAlgorithm.of(pool.take().publicKey())).contains(KeyAlgorithm.P_256);
    }
  }

  @Test
  void holdsNothingOnceClosed() {
    KeyPool pool = pool(3);
    awaitAvailable(pool, 3);
    pool.close();

    assertThat(pool.available()).isZero();
    assertThatIllegalStateException().isThrownBy(pool::take);
  }

  @Test
  void tellsAFailureAndTriesAgainAtTheNextTake() throws Exception {
    CountDownLatch failures = new CountDownLatch(2);
    KeyPairFactory interrupted =
        new KeyPairFactory(
            CryptoProviders.bouncyCastle(),
            new SecureRandom() {
              private static final long serialVersionUID = 1L;

              @Override
              public void nextBytes(byte[] bytes) {
                throw new IllegalStateException("entropy source is gone");
              }
            });
    try (KeyPool pool =
        new KeyPool(KeyAlgorithm.P_256, 1, interrupted, failure -> failures.countDown())) {
      while (failures.getCount() > 1) {
        Thread.onSpinWait();
      }
      assertThatIllegalStateException()
          .isThrownBy(pool::take)
          .withMessage("entropy source is gone");
      assertThat(failures.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void refusesANegativeSize() {
    assertThatIllegalArgumentException().isThrownBy(() -> pool(-1));
  }

  @Test
  void prefersAHealthyProvider() {
    Provider healthy = new Renamed(new BouncyCastleProvider());
    CryptoProviders providers = CryptoProviders.preferring(List.of(healthy), RANDOM);

    assertThat(providers.forKeysOf(KeyAlgorithm.P_256)).isSameAs(healthy);
    assertThat(providers.describe()).contains("p-256: Preferred", "rsa-3072: ");
    assertThat(providers.forVerification().getName()).isEqualTo("BC");
  }

  @Test
  void fallsBackFromAProviderThatFailsItsCheck() {
    CryptoProviders providers = CryptoProviders.preferring(List.of(new Broken()), RANDOM);

    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      assertThat(providers.forKeysOf(algorithm).getName()).isEqualTo("BC");
    }
  }

  @Test
  void doesWithoutTheOptionalProvider() {
    CryptoProviders providers = CryptoProviders.fastest(RANDOM);
    KeyPairFactory keys = new KeyPairFactory(providers, RANDOM);
    assertThat(KeyAlgorithm.of(keys.subscriberKey(KeyAlgorithm.P_384).publicKey()))
        .contains(KeyAlgorithm.P_384);
  }

  @Test
  void knowsItsAlgorithmsByName() {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      assertThat(KeyAlgorithm.ofConfigName(algorithm.configName())).isEqualTo(algorithm);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyAlgorithm.ofConfigName("rsa-1024"))
        .withMessageContaining("rsa-2048, rsa-3072, p-256, p-384");
  }

  private static KeyPool pool(int size) {
    return new KeyPool(
        KeyAlgorithm.P_256,
        size,
        KEYS,
        failure -> {
          throw failure;
        });
  }

  private static void awaitAvailable(KeyPool pool, int count) {
    while (pool.available() < count) {
      Thread.onSpinWait();
    }
  }

  /** Bouncy Castle's elliptic curves under another name. */
  private static final class Renamed extends Provider {

    private static final long serialVersionUID = 1L;

    Renamed(Provider original) {
      super("Preferred", "1", "for tests");
      for (String service : List.of("KeyPairGenerator.EC", "Signature.SHA256WITHECDSA")) {
        put(service, original.getProperty(service));
      }
    }
  }

  /** Has every key pair generator, and none that works. */
  private static final class Broken extends Provider {

    private static final long serialVersionUID = 1L;

    Broken() {
      super("Broken", "1", "for tests");
      put("KeyPairGenerator.EC", Refusing.class.getName());
      put("KeyPairGenerator.RSA", Refusing.class.getName());
    }
  }

  /** A generator whose native library is not there. */
  public static final class Refusing extends KeyPairGeneratorSpi {

    @Override
    public void initialize(int keysize, SecureRandom random) {}

    @Override
    public KeyPair generateKeyPair() {
      throw new UnsatisfiedLinkError("no such library");
    }
  }
}
