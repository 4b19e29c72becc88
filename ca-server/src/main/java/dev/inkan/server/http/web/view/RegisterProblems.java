package dev.inkan.server.http.web.view;

/** What has to be put right at マスターユーザー初期登録, in the words the visitor reads. */
public final class RegisterProblems {

  private RegisterProblems() {}

  /** Nothing was typed as login ID. */
  public static Problem loginIdMissing() {
    return new Problem("loginId", "「ご利用開始のお知らせ」に書かれたログインIDを入力してください。");
  }

  /** Not two letters and eight digits. */
  public static Problem loginIdMalformed() {
    return new Problem("loginId", "ログインIDは、半角の英字2文字と数字8桁で入力してください。ユーザーIDとは異なります。");
  }

  /** Nothing was typed as initial password. */
  public static Problem initialPasswordMissing() {
    return new Problem("initialPassword", "「ご利用開始のお知らせ」に書かれた初期パスワードを入力してください。");
  }

  /** No initial password looks like it. */
  public static Problem initialPasswordMalformed() {
    return new Problem("initialPassword", "初期パスワードは、お知らせに書かれたとおりに、半角12桁で入力してください。");
  }

  /** The same words for an unknown login ID, a wrong password, a lock and a block (S1). */
  public static Problem wrongInvitation() {
    return new Problem(
        "",
        "ログインIDまたは初期パスワードを確認できませんでした。「ご利用開始のお知らせ」をご覧になり、大文字と小文字の違いを確かめて、もう一度入力してください。"
            + "連続して6回間違えると、60分間ログインできなくなります。");
  }

  /** Somebody else has the user ID. */
  public static Problem userIdTaken() {
    return new Problem("userId", "このユーザーIDは、すでに使われています。別のユーザーIDを入力してください。");
  }

  /** The same, noticed when the code was right already. */
  public static Problem userIdTakenMeanwhile() {
    return new Problem(
        "userId",
        "手続きの間に、このユーザーIDがほかの方に使われました。別のユーザーIDとパスワードを入力してください。"
            + "認証コードは、もう一度お送りします。初期パスワードは使用済みになっていません。");
  }

  /** The new password is the initial password once more. */
  public static Problem samePassword() {
    return new Problem("password", "初期パスワードと同じパスワードは使えません。別のパスワードを決めてください。");
  }

  /** Nothing was typed as name. */
  public static Problem nameMissing() {
    return new Problem("name", "氏名を入力してください。");
  }

  /** Too long, or with characters that cannot be seen. */
  public static Problem nameMalformed() {
    return new Problem("name", "氏名は、64文字以内で入力してください。改行や制御文字は使えません。");
  }

  /** Nothing was typed as address. */
  public static Problem emailMissing() {
    return new Problem("email", "メールアドレスを入力してください。");
  }

  /** Not an address that mail can be sent to. */
  public static Problem emailMalformed() {
    return new Problem("email", "メールアドレスを確かめてください。半角で、例のような形で入力します。");
  }
}
