package dev.inkan.server.registration.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps a login password for the certificate to come, for one browser session alone. Safe for
 * several threads.
 */
public final class SealedPassword {

  private static final String PURPOSE = "login password";

  private SealedPassword() {}

  /** Seals {@code password} for the browser that holds {@code token}. */
  public static SealedSecret seal(SessionToken token, LoginPassword password, SecureRandom random) {
    char[] characters = password.toCharArray();
    byte[] octets = new String(characters).getBytes(StandardCharsets.US_ASCII);
    try {
      return seal(token, octets, random);
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** Seals the password in {@code octets}, which the caller wipes. */
  public static SealedSecret seal(SessionToken token, byte[] octets, SecureRandom random) {
    return token.sealKey().seal(octets, PURPOSE, random);
  }

  /** The password's octets, for the caller to wipe; nothing if another browser sealed it. */
  public static Optional<byte[]> open(SessionToken token, SealedSecret kept) {
    return token.sealKey().open(kept, PURPOSE);
  }
}
