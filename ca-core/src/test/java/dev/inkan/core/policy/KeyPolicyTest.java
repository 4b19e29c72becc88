package dev.inkan.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S14")
class KeyPolicyTest {

  private static final BigInteger F4 = BigInteger.valueOf(65_537);
  private static final Random RANDOM = new Random(20261122);
  private static final BigInteger SOUND = largePrime().multiply(largePrime());

  @Test
  void acceptsASoundRsaKey() {
    assertThat(violations(SOUND, F4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1"})
  void acceptsTheTwoCurves(String curve) {
    assertThat(KeyPolicy.BANK.violations(ec(curve))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp521r1", "secp256k1", "brainpoolP256r1"})
  void refusesOtherCurves(String curve) {
    assertThat(KeyPolicy.BANK.violations(ec(curve)))
        .containsExactly("elliptic curve is neither P-256 nor P-384");
  }

  @Test
  void refusesAPointBesideTheCurve() {
    ECPublicKey key = ec("secp256r1");
    ECPoint beside =
        new ECPoint(key.getW().getAffineX(), key.getW().getAffineY().add(BigInteger.ONE));
    assertThat(KeyPolicy.BANK.violations(new ForgedEcKey(key, beside)))
        .containsExactly("public point is not on P_256");
    assertThat(KeyPolicy.BANK.violations(new ForgedEcKey(key, ECPoint.POINT_INFINITY)))
        .containsExactly("public point is not on P_256");
    BigInteger p = BigInteger.ONE.shiftLeft(256);
    assertThat(
            KeyPolicy.BANK.violations(
                new ForgedEcKey(key, new ECPoint(p, key.getW().getAffineY()))))
        .containsExactly("public point is not on P_256");
  }

  @Test
  void refusesAShortModulus() {
    BigInteger small =
        BigInteger.probablePrime(512, RANDOM).multiply(BigInteger.probablePrime(512, RANDOM));
    assertThat(violations(small, F4)).singleElement().asString().contains("bits is not accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "65536", "65535", "65538"})
  void refusesABadExponent(String exponent) {
    assertThat(violations(SOUND, new BigInteger(exponent)))
        .containsExactly("RSA public exponent is not an odd number of 17-256 bits");
  }

  @Test
  void refusesAHugeExponent() {
    assertThat(violations(SOUND, BigInteger.ONE.shiftLeft(256).add(BigInteger.ONE)))
        .containsExactly("RSA public exponent is not an odd number of 17-256 bits");
  }

  @Test
  void refusesAnEvenModulus() {
    assertThat(violations(SOUND.subtract(BigInteger.ONE), F4))
        .contains("RSA modulus is not a positive odd number");
  }

  @Test
  void refusesASmallFactor() {
    BigInteger factor = BigInteger.valueOf(9_973);
    BigInteger modulus = factor.multiply(primeOf(2048 - factor.bitLength(), 2048, factor));
    assertThat(violations(modulus, F4)).containsExactly("RSA modulus has a small factor");
  }

  @Test
  void refusesClosePrimes() {
    BigInteger p = largePrime();
    BigInteger q = p.nextProbablePrime();
    assertThat(violations(p.multiply(q), F4))
        .containsExactly("RSA primes lie too close together (Fermat)");
    assertThat(violations(p.multiply(p), F4))
        .containsExactly("RSA primes lie too close together (Fermat)");
  }

  @Test
  void refusesTheRocaFingerprint() {
    // The vulnerable form: p = k * M + (65537^a mod M), with M the product of the small primes.
    BigInteger m =
        IntStream.rangeClosed(2, 167)
            .mapToObj(BigInteger::valueOf)
            .filter(n -> n.isProbablePrime(20))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    BigInteger p = rocaPrime(m);
    BigInteger q = rocaPrime(m);
    BigInteger modulus = p.multiply(q);
    KeyPolicy ofThatSize = new KeyPolicy(Set.of(modulus.bitLength()), F4);

    assertThat(ofThatSize.violations(rsa(modulus, F4)))
        .containsExactly("RSA modulus has the fingerprint of CVE-2017-15361 (ROCA)");
  }

  @Test
  void refusesOtherAlgorithms() throws Exception {
    PublicKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    assertThat(KeyPolicy.BANK.violations(key)).singleElement().asString().contains("not accepted");
  }

  /** Of 1024 bits with the two highest set, so that a product of two has 2048. */
  private static BigInteger largePrime() {
    return BigInteger.probablePrime(1022, RANDOM)
        .add(BigInteger.valueOf(3).shiftLeft(1022))
        .nextProbablePrime();
  }

  private static BigInteger primeOf(int from, int bits, BigInteger factor) {
    for (int length = from; length <= from + 1; length++) {
      for (int round = 0; round < 50; round++) {
        BigInteger prime = BigInteger.probablePrime(length, RANDOM);
        if (prime.multiply(factor).bitLength() == bits) {
          return prime;
        }
      }
    }
    throw new AssertionError("no such prime");
  }

  private static BigInteger rocaPrime(BigInteger m) {
    while (true) {
      BigInteger candidate =
          new BigInteger(800, RANDOM).multiply(m).add(F4.modPow(new BigInteger(100, RANDOM), m));
      if (candidate.isProbablePrime(40)) {
        return candidate;
      }
    }
  }

  private static List<String> violations(BigInteger modulus, BigInteger exponent) {
    return KeyPolicy.BANK.violations(rsa(modulus, exponent));
  }

  private static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
    return new ForgedRsaKey(modulus, exponent);
  }

  private static ECPublicKey ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
      generator.initialize(new ECGenParameterSpec(curve));
      return (ECPublicKey) generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A key that no factory would make. */
  private record ForgedRsaKey(BigInteger modulus, BigInteger exponent) implements RSAPublicKey {

    @Override
    public BigInteger getPublicExponent() {
      return exponent;
    }

    @Override
    public BigInteger getModulus() {
      return modulus;
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  /** A key whose point is somewhere else. */
  private record ForgedEcKey(ECPublicKey like, ECPoint point) implements ECPublicKey {

    @Override
    public ECPoint getW() {
      return point;
    }

    @Override
    public ECParameterSpec getParams() {
      return like.getParams();
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }
}
