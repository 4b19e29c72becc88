package dev.inkan.server.registration.user;

/**
 * 会員: a member organisation of the bank.
 *
 * @param number the bank's number of it, 1-20 characters; how files and operators name it
 * @param name as it stands in certificates; 1-64 characters (RFC 5280, appendix A.1)
 */
public record Organisation(String number, String name) {

  private static final int NUMBER_MAXIMUM = 20;
  private static final int NAME_MAXIMUM = 64;

  public Organisation {
    if (!number.matches("[A-Za-z0-9-]{1," + NUMBER_MAXIMUM + "}")) {
      throw new IllegalArgumentException("an organisation number has 1-20 letters, digits and -");
    }
    requirePrintable("organisation name", name, NAME_MAXIMUM);
  }

  static void requirePrintable(String what, String text, int maximum) {
    if (!hasLength(text, maximum)) {
      throw new IllegalArgumentException(what + " must have 1-" + maximum + " characters");
    }
    if (holdsControls(text)) {
      throw new IllegalArgumentException(what + " must not hold control characters");
    }
  }

  /** Whether {@link #requirePrintable} lets {@code text} pass. */
  static boolean isPrintable(String text, int maximum) {
    return hasLength(text, maximum) && !holdsControls(text);
  }

  private static boolean hasLength(String text, int maximum) {
    return !text.isBlank() && text.codePointCount(0, text.length()) <= maximum;
  }

  private static boolean holdsControls(String text) {
    return text.codePoints().anyMatch(c -> Character.isISOControl(c) || isInvisible(c));
  }

  // Direction marks, line ends and lone surrogates would make a name look like another one.
  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
