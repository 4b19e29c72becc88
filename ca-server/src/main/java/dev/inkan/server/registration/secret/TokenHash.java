package dev.inkan.server.registration.secret;

import java.util.regex.Pattern;

/**
 * The SHA-256 of a session token in lower-case hexadecimal: all that the database ever sees of it.
 */
public record TokenHash(String hex) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public TokenHash {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a token hash is 64 lower-case hexadecimal digits");
    }
  }
}
