package dev.inkan.server.http.web.view;

/** The steps of マスターユーザー初期登録, in order (C2). The certificate's nine come after them. */
public enum RegisterStep {
  LOGIN(1, "ログイン"),
  DETAILS(2, "登録内容の入力"),
  CODE(3, "認証コード入力"),
  DONE(4, "登録完了");

  private final int number;
  private final String label;

  RegisterStep(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The step's name. */
  public String label() {
    return label;
  }

  /** Counted from 1. */
  public int number() {
    return number;
  }

  /** Such as 全4ステップ中2. */
  public String position() {
    return "全" + values().length + "ステップ中" + number;
  }

  /** Whether this step lies behind somebody who is at {@code current}. */
  public boolean isDoneAt(RegisterStep current) {
    return number < current.number;
  }
}
