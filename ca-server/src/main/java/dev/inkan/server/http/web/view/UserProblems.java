package dev.inkan.server.http.web.view;

/** What has to be put right at 一般ユーザーの管理, in the words the visitor reads. */
public final class UserProblems {

  private UserProblems() {}

  /** Somebody has it, or had it once. */
  public static Problem userIdTaken() {
    return new Problem("userId", "このユーザーIDは、すでに使われています。一覧に同じ人がいないか確かめ、いない場合は別のユーザーIDを入力してください。");
  }

  /** The address there is already. */
  public static Problem emailUnchanged() {
    return new Problem("email", "いま登録されているメールアドレスと同じです。新しいメールアドレスを入力してください。");
  }

  /** Nothing was typed as initial password. */
  public static Problem initialPasswordMissing() {
    return new Problem("initialPassword", "初期パスワードを入力してください。");
  }

  /** Row B5, for the initial password. */
  public static Problem initialPasswordMalformed() {
    return new Problem("initialPassword", "初期パスワードは、半角の英大文字・英小文字・数字・記号の4種すべてを使った8～12桁で入力してください。");
  }
}
