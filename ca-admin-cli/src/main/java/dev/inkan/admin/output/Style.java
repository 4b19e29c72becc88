package dev.inkan.admin.output;

/** How a word looks on a terminal with colours; the word itself always says the same. */
public enum Style {
  PLAIN(""),
  STRONG("1"),
  GOOD("32"),
  WAITING("33"),
  BAD("31"),
  FAINT("2");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** {@code text} in this style, if {@code colours}. */
  public String paint(String text, boolean colours) {
    return !colours || this == PLAIN ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
