package dev.inkan.server.registration;

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
    if (text.isBlank() || text.codePointCount(0, text.length()) > maximum) {
      throw new IllegalArgumentException(what + " must have 1-" + maximum + " characters");
    }
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || isInvisible(c))) {
      throw new IllegalArgumentException(what + " must not hold control characters");
    }
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
