package dev.inkan.core.audit;

/**
 * A link of the audit chain: a SHA-256 in lower-case hexadecimal. It is not checked to be one, so
 * that a forged one can be read and reported.
 */
public record ChainHash(String hex) {

  /** What stands before the first record. */
  public static final ChainHash START = new ChainHash("0".repeat(64));

  @Override
  public String toString() {
    return hex;
  }
}
