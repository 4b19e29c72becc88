package dev.inkan.server.operation;

import dev.inkan.core.certificate.SerialNumber;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serial numbers as other programs write them, and people copy them. */
public final class SerialText {

  private static final int LONGEST = 80;
  private static final Pattern SEPARATORS = Pattern.compile("[:\\s]");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,40}");
  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{1,40}");

  private SerialText() {}

  /**
   * The serial number: hexadecimal in either case, with {@code 0x}, colons, spaces or leading
   * zeros. Nothing if it is none: empty, zero, negative, longer than 20 octets, or other
   * characters.
   */
  public static Optional<SerialNumber> parse(String text) {
    return digits(text)
        .filter(hex -> HEX.matcher(hex).matches())
        .map(hex -> new BigInteger(hex, 16))
        // 20 octets with the one that DER adds when the top bit is set.
        .filter(value -> value.signum() > 0 && value.toByteArray().length <= 20)
        .map(SerialNumber::new);
  }

  /** How a serial number begins, in the ledger's spelling; nothing if none begins so. */
  public static Optional<String> beginning(String text) {
    return digits(text).filter(hex -> BEGINNING.matcher(hex).matches());
  }

  private static Optional<String> digits(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String bare = SEPARATORS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String hex = bare.startsWith("0x") ? bare.substring(2) : bare;
    // The ledger writes whole octets, so its zero in front is kept where the digits are even.
    return Optional.of(hex.length() > 2 ? hex.replaceFirst("^(?:00)+(?=[0-9a-f]{2})", "") : hex);
  }
}
