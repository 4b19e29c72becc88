package dev.inkan.core.policy;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Weaknesses of an RSA modulus that can be seen without its factors. */
final class WeakModulus {

  private static final int SMALL_FACTOR_BOUND = 10_000;
  private static final int FERMAT_ROUNDS = 100;
  private static final int ROCA_LARGEST_PRIME = 167;
  private static final int ROCA_GENERATOR = 65_537;

  private static final BigInteger SMALL_PRIMES =
      IntStream.range(3, SMALL_FACTOR_BOUND)
          .filter(WeakModulus::isPrime)
          .mapToObj(BigInteger::valueOf)
          .reduce(BigInteger.ONE, BigInteger::multiply);

  private WeakModulus() {}

  static boolean hasSmallFactor(BigInteger modulus) {
    return !modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE);
  }

  /** Fermat's method: finds factors that share about half of their leading digits. */
  static boolean hasClosePrimes(BigInteger modulus) {
    BigInteger a = modulus.sqrt();
    if (a.multiply(a).compareTo(modulus) < 0) {
      a = a.add(BigInteger.ONE);
    }
    for (int round = 0; round < FERMAT_ROUNDS; round++) {
      if (isSquare(a.multiply(a).subtract(modulus))) {
        return true;
      }
      a = a.add(BigInteger.ONE);
    }
    return false;
  }

  /**
   * The primes of the vulnerable library are powers of 65537 modulo many small primes, and so are
   * their products. A sound modulus passes for one with a chance of about 2^-27.
   *
   * @see <a href="https://doi.org/10.1145/3133956.3133969">Nemec et al., The Return of
   *     Coppersmith's Attack, section 2.3</a>
   */
  static boolean hasRocaFingerprint(BigInteger modulus) {
    return IntStream.rangeClosed(3, ROCA_LARGEST_PRIME)
        .filter(WeakModulus::isPrime)
        .allMatch(prime -> isPowerOfGenerator(modulus, prime));
  }

  private static boolean isPowerOfGenerator(BigInteger modulus, int prime) {
    BitSet powers = new BitSet(prime);
    for (int power = 1; !powers.get(power); power = power * (ROCA_GENERATOR % prime) % prime) {
      powers.set(power);
    }
    return powers.get(modulus.mod(BigInteger.valueOf(prime)).intValue());
  }

  private static boolean isSquare(BigInteger value) {
    if (value.signum() < 0) {
      return false;
    }
    int lastDigit = value.intValue() & 0xf;
    if (lastDigit != 0 && lastDigit != 1 && lastDigit != 4 && lastDigit != 9) {
      return false; // no square ends so in hexadecimal: spares most of the roots
    }
    BigInteger root = value.sqrt();
    return root.multiply(root).equals(value);
  }

  private static boolean isPrime(int candidate) {
    return IntStream.rangeClosed(2, (int) Math.sqrt(candidate)).noneMatch(d -> candidate % d == 0);
  }
}
