package dev.inkan.core.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Which JCA provider makes keys and signatures, chosen once per algorithm by a health check: the
 * first preferred one that works, else Bouncy Castle. The check runs when an algorithm is first
 * needed, as it makes a key pair, which takes long for RSA. Nothing is registered with the JVM.
 * Safe for use by several threads.
 */
public final class CryptoProviders {

  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final byte[] PROBE = {0x69, 0x6e, 0x6b, 0x61, 0x6e};

  private final Provider bouncyCastle;
  private final Function<KeyAlgorithm, Provider> choice;
  private final Map<KeyAlgorithm, Provider> chosen = new ConcurrentHashMap<>();

  private CryptoProviders(Provider bouncyCastle, Function<KeyAlgorithm, Provider> choice) {
    this.bouncyCastle = bouncyCastle;
    this.choice = choice;
  }

  /** Bouncy Castle for everything: needs no native library and no health check. */
  public static CryptoProviders bouncyCastle() {
    Provider bouncyCastle = new BouncyCastleProvider();
    return new CryptoProviders(bouncyCastle, algorithm -> bouncyCastle);
  }

  /**
   * Amazon Corretto Crypto Provider for what it does soundly here, if its jar is on the class path
   * and its native library loads; Bouncy Castle for the rest.
   */
  public static CryptoProviders fastest(SecureRandom random) {
    return preferring(corretto().map(List::of).orElse(List.of()), random);
  }

  /** The first of {@code preferred} that passes the health check, for each algorithm by itself. */
  static CryptoProviders preferring(List<Provider> preferred, SecureRandom random) {
    Provider bouncyCastle = new BouncyCastleProvider();
    return new CryptoProviders(
        bouncyCastle,
        algorithm ->
            preferred.stream()
                .filter(candidate -> isHealthy(candidate, bouncyCastle, algorithm, random))
                .findFirst()
                .orElse(bouncyCastle));
  }

  /** Who makes keys and signatures of each kind, in a line for the log; checks them all. */
  public String describe() {
    StringBuilder line = new StringBuilder();
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      line.append(line.length() == 0 ? "" : ", ")
          .append(algorithm)
          .append(": ")
          .append(forKeysOf(algorithm).getName());
    }
    return line.toString();
  }

  /** The provider that makes key pairs of this kind and signs with them. */
  public Provider forKeysOf(KeyAlgorithm algorithm) {
    return chosen.computeIfAbsent(algorithm, choice);
  }

  /** Bouncy Castle, which parses everywhere and checks what others signed. */
  public Provider forVerification() {
    return bouncyCastle;
  }

  private static Optional<Provider> corretto() {
    try {
      return Optional.of(
          Class.forName(CORRETTO)
              .asSubclass(Provider.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | LinkageError | ClassCastException absent) {
      return Optional.empty(); // an optional jar: describe() tells who does its work
    }
  }

  private static boolean isHealthy(
      Provider candidate, Provider reference, KeyAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPair pair = keyPair(algorithm, candidate, random);
      Signature signer = Signature.getInstance(algorithm.signatureAlgorithm(), candidate);
      signer.initSign(pair.getPrivate(), random);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm.signatureAlgorithm(), reference);
      verifier.initVerify(pair.getPublic());
      verifier.update(PROBE);
      return KeyAlgorithm.of(pair.getPublic()).equals(Optional.of(algorithm))
          && verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException | LinkageError unhealthy) {
      return false; // which is the very question; describe() tells who does its work
    }
  }

  static KeyPair keyPair(KeyAlgorithm algorithm, Provider provider, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family(), provider);
    if (algorithm.isRsa()) {
      generator.initialize(algorithm.bits(), random);
    } else {
      generator.initialize(new ECGenParameterSpec(algorithm.curve()), random);
    }
    return generator.generateKeyPair();
  }
}
