package dev.inkan.e2e;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a master user reads on the letter (ご利用開始のお知らせ). It prints no password. */
record Letter(String loginId, String initialPassword) {

  private static final Pattern LOGIN_ID = Pattern.compile("(?m)^ログインID +([A-Z]{2}[0-9]{8})$");
  private static final Pattern INITIAL_PASSWORD = Pattern.compile("(?m)^初期パスワード +([!-~]{12})$");

  /** Reads what {@code org add} printed. */
  static Letter read(String printed) {
    return new Letter(only(LOGIN_ID, printed), only(INITIAL_PASSWORD, printed));
  }

  private static String only(Pattern pattern, String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("the letter has no " + pattern);
    }
    return matcher.group(1);
  }

  @Override
  public String toString() {
    return "Letter[" + loginId + "]";
  }
}
