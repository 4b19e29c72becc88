package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * One thing to put right in a form, in the words the visitor reads.
 *
 * @param field the form field's name; empty when it concerns the form as a whole
 * @param message what is wrong and what to do
 */
public record Problem(String field, String message) {

  /** The first message about {@code field}; empty when nothing is wrong with it. */
  public static String about(String field, List<Problem> problems) {
    return problems.stream()
        .filter(problem -> problem.field().equals(field))
        .map(Problem::message)
        .findFirst()
        .orElse("");
  }

  /** Nothing was typed as user ID. */
  public static Problem userIdMissing() {
    return new Problem("userId", "ユーザーIDを入力してください。");
  }

  /** Row B4. */
  public static Problem userIdMalformed() {
    return new Problem("userId", "ユーザーIDは、半角の英字と数字の両方を使った6～12桁で入力してください。");
  }

  /** Nothing was typed as password. */
  public static Problem passwordMissing() {
    return new Problem("password", "パスワードを入力してください。");
  }

  /** Row B5. */
  public static Problem passwordMalformed() {
    return new Problem("password", "パスワードは、半角の英大文字・英小文字・数字・記号の4種すべてを使った8～12桁で入力してください。");
  }

  /** The password so far was not typed. */
  public static Problem currentPasswordMissing() {
    return new Problem("currentPassword", "現在のパスワードを入力してください。");
  }

  /** No password looks like that; costs no try. */
  public static Problem currentPasswordMalformed() {
    return new Problem("currentPassword", "現在のパスワードは、半角の英大文字・英小文字・数字・記号の4種すべてを使った8～12桁です。");
  }

  /** The password so far is wrong, or the user is locked; counted as at the log-in. */
  public static Problem currentPasswordWrong() {
    return new Problem(
        "currentPassword",
        "現在のパスワードを確認できませんでした。大文字と小文字の違いを確かめて、もう一度入力してください。" + "連続して6回間違えると、60分間ログインできなくなります。");
  }

  /** No new password was typed. */
  public static Problem newPasswordMissing() {
    return new Problem("password", "新しいパスワードを入力してください。");
  }

  /** Row B5, of a new password. */
  public static Problem newPasswordMalformed() {
    return new Problem("password", "新しいパスワードは、半角の英大文字・英小文字・数字・記号の4種すべてを使った8～12桁で入力してください。");
  }

  /** The new password was not typed a second time (C5). */
  public static Problem passwordConfirmMissing() {
    return new Problem("passwordConfirm", "確認のため、新しいパスワードをもう一度入力してください。");
  }

  /** The two differ. */
  public static Problem passwordConfirmDiffers() {
    return new Problem("passwordConfirm", "新しいパスワードと一致していません。同じパスワードをもう一度入力してください。");
  }

  /** The new password is the one before (C5). */
  public static Problem passwordUnchanged() {
    return new Problem("password", "これまでのパスワードと同じです。違うパスワードを入力してください。");
  }

  /** The same words for an unknown user, a wrong password, a lock and a block (S1). */
  public static Problem wrongCredentials() {
    return new Problem(
        "",
        "ユーザーIDまたはパスワードを確認できませんでした。大文字と小文字の違いを確かめて、もう一度入力してください。"
            + "連続して6回間違えると、60分間ログインできなくなります。");
  }

  /** As {@link #wrongCredentials}, where who it is is known. */
  public static Problem wrongPassword() {
    return new Problem(
        "", "パスワードを確認できませんでした。大文字と小文字の違いを確かめて、もう一度入力してください。" + "連続して6回間違えると、60分間ご利用いただけなくなります。");
  }

  /** This source has tried too often; nothing was counted against the user. */
  public static Problem tooManyAttempts() {
    return new Problem("", "短い時間に何度も操作されたため、いまは受け付けられません。数分待ってから、もう一度お試しください。");
  }

  /** The server has too much to do; nothing was counted. */
  public static Problem busy() {
    return new Problem("", "ただいま混み合っています。入力内容に問題はありません。少し待ってから、もう一度お試しください。");
  }

  /** Nothing was typed as code. */
  public static Problem codeMissing() {
    return new Problem("code", "メールに書かれた6桁の認証コードを入力してください。");
  }

  /** Row B12: not six digits; costs no try. */
  public static Problem codeMalformed() {
    return new Problem("code", "認証コードは、数字6桁で入力してください。この入力は回数に数えません。");
  }

  /** The wrong six digits. */
  public static Problem codeWrong(int triesLeft) {
    return new Problem("code", "認証コードが違います。メールをもう一度確かめてください。あと" + triesLeft + "回入力できます。");
  }

  /** A resend was asked for before it opened. */
  public static Problem resendTooSoon(String opens) {
    return new Problem("", "認証コードの再送信は、" + opens + "からできます。それまで、届いているメールをお確かめください。");
  }

  /** The day's codes are used up. */
  public static Problem resendExhausted() {
    return new Problem("", "今日送信できる回数を超えたため、認証コードを再送信できません。届いているメールをお確かめください。");
  }
}
