package dev.inkan.core.policy;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which public keys may be certified: accepted sizes, and none with a weakness that can be seen
 * from outside. It holds for keys of our own making too.
 *
 * @param rsaBits accepted sizes of an RSA modulus, in bits
 * @param minimumExponent the smallest accepted RSA public exponent
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/89/final">SP 800-89, section 5.3.3</a>
 */
public record KeyPolicy(Set<Integer> rsaBits, BigInteger minimumExponent) {

  private static final int MAXIMUM_EXPONENT_BITS = 256;

  /** RSA with 2048, 3072 or 4096 bits and an exponent from 65537 on; P-256 and P-384. */
  public static final KeyPolicy BANK =
      new KeyPolicy(Set.of(2048, 3072, 4096), BigInteger.valueOf(65_537));

  public KeyPolicy {
    rsaBits = Set.copyOf(rsaBits);
  }

  /** Everything that is wrong with {@code key}; empty if it may be certified. */
  public List<String> violations(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsaViolations(rsa.getModulus(), rsa.getPublicExponent());
    }
    if (key instanceof ECPublicKey ec) {
      return NamedCurve.violations(ec);
    }
    return List.of("key algorithm " + key.getAlgorithm() + " is not accepted");
  }

  private List<String> rsaViolations(BigInteger modulus, BigInteger exponent) {
    List<String> violations = new ArrayList<>();
    if (!rsaBits.contains(modulus.bitLength())) {
      violations.add("RSA modulus of " + modulus.bitLength() + " bits is not accepted");
    }
    if (exponent.compareTo(minimumExponent) < 0
        || exponent.bitLength() > MAXIMUM_EXPONENT_BITS
        || !exponent.testBit(0)) {
      violations.add("RSA public exponent is not an odd number of 17-256 bits");
    }
    if (modulus.signum() <= 0 || !modulus.testBit(0)) {
      violations.add("RSA modulus is not a positive odd number");
      return violations; // the tests below take an odd one for granted
    }
    if (WeakModulus.hasSmallFactor(modulus)) {
      violations.add("RSA modulus has a small factor");
    }
    if (WeakModulus.hasClosePrimes(modulus)) {
      violations.add("RSA primes lie too close together (Fermat)");
    }
    if (WeakModulus.hasRocaFingerprint(modulus)) {
      violations.add("RSA modulus has the fingerprint of CVE-2017-15361 (ROCA)");
    }
    return violations;
  }
}
