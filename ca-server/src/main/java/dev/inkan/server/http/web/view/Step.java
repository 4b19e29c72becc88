package dev.inkan.server.http.web.view;

/** The nine steps of the issue flow, in order, with the words of the manual. */
public enum Step {
  URL_ACCESS(1, "URLアクセス"),
  CERTIFICATE_SELECTION(2, "電子証明書選択"),
  ISSUE_SELECTION(3, "電子証明書発行選択"),
  USER_AUTHENTICATION(4, "ユーザー認証"),
  CODE_ENTRY(5, "認証コード入力"),
  ISSUE(6, "発行"),
  ISSUING(7, "発行中"),
  RESULT(8, "発行結果"),
  IMPORT(9, "インポート");

  private final int number;
  private final String label;

  Step(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The circled digit. */
  public String mark() {
    return Character.toString('①' + number - 1);
  }

  /** The step's name. */
  public String label() {
    return label;
  }

  /** Counted from 1. */
  public int number() {
    return number;
  }

  /** Such as 全9ステップ中4. */
  public String position() {
    return "全" + values().length + "ステップ中" + number;
  }

  /** Whether this step lies behind somebody who is at {@code current}. */
  public boolean isDoneAt(Step current) {
    return number < current.number;
  }
}
