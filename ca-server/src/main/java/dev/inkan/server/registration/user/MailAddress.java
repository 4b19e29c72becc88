package dev.inkan.server.registration.user;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one form of mail address that is accepted: an ASCII dot-atom, {@code @}, a host name (RFC
 * 5321, section 4.1.2, without quoted local parts and address literals), 254 characters at most.
 */
public record MailAddress(String value) {

  private static final int MAXIMUM = 254;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+");

  public MailAddress {
    if (!hasForm(value)) {
      throw new IllegalArgumentException("not a mail address");
    }
  }

  /** The address, or nothing if {@code text} has not the form of one. */
  public static Optional<MailAddress> parse(String text) {
    return hasForm(text) ? Optional.of(new MailAddress(text)) : Optional.empty();
  }

  private static boolean hasForm(String text) {
    return text.length() <= MAXIMUM && FORM.matcher(text).matches();
  }

  /** The address as a screen may show it: {@code t***@example.jp}. */
  public String masked() {
    return value.charAt(0) + "***" + value.substring(value.indexOf('@'));
  }

  @Override
  public String toString() {
    return value;
  }
}
