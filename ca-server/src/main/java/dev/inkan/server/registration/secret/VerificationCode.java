package dev.inkan.server.registration.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/** 認証コード: six half-width digits. It never prints and is compared in constant time. */
public final class VerificationCode {

  private static final Pattern FORM = Pattern.compile("[0-9]{6}");

  private final String digits;

  private VerificationCode(String digits) {
    this.digits = digits;
  }

  /** The code, or nothing if {@code text} is not six half-width digits. */
  public static Optional<VerificationCode> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new VerificationCode(text))
        : Optional.empty();
  }

  /** Compares in a time that does not depend on where the codes differ. */
  public boolean matches(VerificationCode other) {
    return MessageDigest.isEqual(
        digits.getBytes(StandardCharsets.US_ASCII),
        other.digits.getBytes(StandardCharsets.US_ASCII));
  }

  /** The digits, for the mail alone. */
  public String reveal() {
    return digits;
  }

  @Override
  public String toString() {
    return "VerificationCode[redacted]";
  }
}
