package dev.inkan.core.certificate;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A certificate serial number: a positive integer of at most 20 octets that this CA never assigns
 * twice.
 *
 * <p>The text form is lower-case hexadecimal without separators. It is the only form used in
 * tables, URLs, logs and messages.
 *
 * @param value the integer, as it appears in {@code TBSCertificate.serialNumber}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2">RFC 5280, section
 *     4.1.2.2</a>
 */
public record SerialNumber(BigInteger value) {

  private static final int MAX_OCTETS = 20;

  /** 128 bits less the sign bit: unguessable, and far below the 20-octet ceiling. */
  private static final int RANDOM_OCTETS = 16;

  public SerialNumber {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException("serial number must be positive: " + value);
    }
    // toByteArray() includes the leading zero octet that DER adds when the top bit is set.
    if (value.toByteArray().length > MAX_OCTETS) {
      throw new IllegalArgumentException("serial number exceeds " + MAX_OCTETS + " octets");
    }
  }

  public static SerialNumber random(SecureRandom random) {
    byte[] octets = new byte[RANDOM_OCTETS];
    random.nextBytes(octets);
    octets[0] = (byte) ((octets[0] & 0x7f) | 0x40); // positive, and always the same length
    return new SerialNumber(new BigInteger(octets));
  }

  public static SerialNumber parse(String hex) {
    return new SerialNumber(
        new BigInteger(1, HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT))));
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(value.toByteArray());
  }
}
