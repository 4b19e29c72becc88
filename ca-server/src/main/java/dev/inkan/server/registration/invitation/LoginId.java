package dev.inkan.server.registration.invitation;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * ログインID: names the letter with which a master user registers (C1). Two capital letters and eight
 * half-width digits; it is not a secret and says nothing of the organisation.
 */
public record LoginId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{8}");
  // Without those that look like another letter or a digit on paper.
  private static final String LETTERS = "ABCDEFGHJKLMNPQRTUVWXY";
  private static final int NUMBERS = 100_000_000;

  public LoginId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a login ID has two capital letters and eight digits");
    }
  }

  /** A new one. It may be taken, however unlikely that is. */
  public static LoginId random(SecureRandom random) {
    return new LoginId(
        String.format(
            Locale.ROOT,
            "%c%c%08d",
            LETTERS.charAt(random.nextInt(LETTERS.length())),
            LETTERS.charAt(random.nextInt(LETTERS.length())),
            random.nextInt(NUMBERS)));
  }

  /**
   * The login ID, or nothing if {@code text} has not the form of one. Small letters count as
   * capitals: no two login IDs differ in them.
   */
  public static Optional<LoginId> parse(String text) {
    String capitals = text.toUpperCase(Locale.ROOT);
    // Some other letters, such as a dotless i, have an ASCII capital.
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    return ascii && FORM.matcher(capitals).matches()
        ? Optional.of(new LoginId(capitals))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
