package dev.inkan.server.registration.secret;

import dev.inkan.core.key.Passphrase;
import java.util.Arrays;
import java.util.Optional;

/**
 * パスワード: 8-12 half-width characters with all of upper case, lower case, digit and symbol. It never
 * prints, and closing it wipes it. Not safe for use by several threads.
 */
public final class LoginPassword implements AutoCloseable {

  private static final int MINIMUM = 8;
  private static final int MAXIMUM = 12;

  private final char[] characters;

  private LoginPassword(char[] characters) {
    this.characters = characters;
  }

  /**
   * The password, or nothing if {@code text} has not the form of one. Half-width means printable
   * ASCII without the space: the password also opens the PKCS#12, whose readers agree on no more.
   */
  public static Optional<LoginPassword> parse(char[] text) {
    return hasForm(text) ? Optional.of(new LoginPassword(text.clone())) : Optional.empty();
  }

  private static boolean hasForm(char[] text) {
    if (text.length < MINIMUM || text.length > MAXIMUM) {
      return false;
    }
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    boolean symbol = false;
    for (char c : text) {
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      digit |= c >= '0' && c <= '9';
      symbol |= !isLetterOrDigit(c);
    }
    return upper && lower && digit && symbol;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** A copy of the characters, which the caller wipes. */
  public char[] toCharArray() {
    return characters.clone();
  }

  /** The same secret as what opens the PKCS#12 (A10); the caller closes it. */
  public Passphrase toPassphrase() {
    return Passphrase.copyOf(characters);
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "LoginPassword[redacted]";
  }
}
