package dev.inkan.core.certificate;

import java.util.regex.Pattern;

/**
 * The name of one CA in addresses, files and records, such as {@code root} or {@code issuing}; 1-32
 * of {@code a-z 0-9 -}. Not the distinguished name.
 */
public record CaName(String value) {

  // Before every name: they are checked against it.
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  /** The trust anchor. */
  public static final CaName ROOT = new CaName("root");

  /** The first issuing CA of an installation. */
  public static final CaName ISSUING = new CaName("issuing");

  public CaName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a CA's name has 1-32 characters of a-z, 0-9 and -, and does not start with -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
