package dev.inkan.e2e;

/** What a master user reads on the letter (ご利用開始のお知らせ). It prints no password. */
record Letter(String loginId, String initialPassword) {

  @Override
  public String toString() {
    return "Letter[" + loginId + "]";
  }
}
