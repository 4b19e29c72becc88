package dev.inkan.core.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a certificate's DER, in lower-case hexadecimal: how a certificate is recognised.
 */
public record Fingerprint(String hex) {

  private static final int HEX_LENGTH = 64;

  public Fingerprint {
    if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(Fingerprint::isLowerHex)) {
      throw new IllegalArgumentException("a fingerprint is 64 lower-case hexadecimal digits");
    }
  }

  /** The fingerprint of {@code certificate}. */
  public static Fingerprint of(Der certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return new Fingerprint(HexFormat.of().formatHex(digest.digest(certificate.toByteArray())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return hex;
  }
}
