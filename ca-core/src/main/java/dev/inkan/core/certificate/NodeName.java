package dev.inkan.core.certificate;

import java.util.regex.Pattern;

/** The name of one CA process among those that share a ledger; 1-40 of {@code a-z 0-9 -}. */
public record NodeName(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public NodeName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a node name has 1-40 characters of a-z, 0-9 and -, and does not start with -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
