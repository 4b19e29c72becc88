package dev.inkan.core.key;

/**
 * How a PKCS#12 is protected.
 *
 * @param profile the algorithms
 * @param iterations how often the passphrase is hashed for the key, the certificates and the MAC
 *     alike; 1,000-600,000, above which Windows refuses the file
 * @param includeRoot whether the root travels along, at which Windows asks whether to trust it
 */
public record PfxSettings(Profile profile, int iterations, boolean includeRoot) {

  private static final int STANDARD_ITERATIONS = 100_000;
  private static final int MINIMUM_ITERATIONS = 1_000;
  private static final int MAXIMUM_ITERATIONS = 600_000;

  /** The algorithms of a PKCS#12. */
  public enum Profile {
    /** AES-256-CBC under PBKDF2 with HMAC-SHA256, and an HMAC-SHA256: Windows 10 1709 and later. */
    MODERN,
    /** Triple DES and an HMAC-SHA1: for Windows before that, weak by today's measure. */
    COMPAT
  }

  public PfxSettings {
    if (iterations < MINIMUM_ITERATIONS || iterations > MAXIMUM_ITERATIONS) {
      throw new IllegalArgumentException(
          "iterations must be "
              + MINIMUM_ITERATIONS
              + "-"
              + MAXIMUM_ITERATIONS
              + ": "
              + iterations);
    }
  }

  /** Modern algorithms, 100,000 iterations, without the root. */
  public static PfxSettings standard() {
    return new PfxSettings(Profile.MODERN, STANDARD_ITERATIONS, false);
  }

  /**
   * Modern algorithms with iterations for what a passphrase is worth. Iterations make each guess
   * dearer; of 192 random bits nobody guesses any, and only whoever opens the file would pay.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8018#section-4.2">RFC 8018, section 4.2</a>
   */
  static PfxSettings under(Passphrase passphrase) {
    return passphrase.isDrawn()
        ? new PfxSettings(Profile.MODERN, MINIMUM_ITERATIONS, false)
        : standard();
  }
}
