package dev.inkan.server.registration.secret;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/**
 * Derives mailed codes instead of storing them: HOTP's truncation (RFC 4226, section 5.3) of an
 * HMAC over what it proves and a counter, under the installation secret. A resend yields the same
 * code; a thief of the database gains nothing. Safe for several threads.
 */
public final class CodeBook {

  private static final int MODULUS = 1_000_000;
  private static final int MESSAGE_OCTETS = 24;

  private final InstallationSecret secret;

  public CodeBook(InstallationSecret secret) {
    this.secret = secret;
  }

  /**
   * The code of something that a random {@code id} names at {@code counter}. No two things have the
   * same, so no code of one is made to count for another.
   */
  public VerificationCode code(UUID id, long counter) {
    byte[] message =
        ByteBuffer.allocate(MESSAGE_OCTETS)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putLong(counter)
            .array();
    ByteBuffer mac = ByteBuffer.wrap(secret.authenticate("inkan code", message));
    int offset = mac.get(mac.limit() - 1) & 0xf;
    int truncated = mac.getInt(offset) & 0x7fff_ffff;
    String digits = String.format(Locale.ROOT, "%06d", truncated % MODULUS);
    return VerificationCode.parse(digits).orElseThrow();
  }
}
