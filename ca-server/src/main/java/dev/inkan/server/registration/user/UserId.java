package dev.inkan.server.registration.user;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * ユーザーID: what a user types to say who they are. 6-12 half-width letters and digits with at least
 * one of each, case-sensitive.
 */
public record UserId(String value) {

  private static final Pattern FORM = Pattern.compile("(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9]{6,12}");

  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a user ID has 6-12 half-width letters and digits, at least one of each");
    }
  }

  /** The user ID, or nothing if {@code text} has not the form of one. */
  public static Optional<UserId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new UserId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
