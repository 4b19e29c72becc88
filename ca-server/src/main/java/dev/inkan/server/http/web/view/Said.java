package dev.inkan.server.http.web.view;

/**
 * What a page says once about what was just done.
 *
 * @param title what was done; empty where there is nothing to say
 * @param text what follows from it; may be empty
 */
public record Said(String title, String text) {

  private static final Said NOTHING = new Said("", "");

  public static Said nothing() {
    return NOTHING;
  }

  public boolean isNothing() {
    return title.isEmpty();
  }

  /** A user was created; the password is on this page. */
  public static Said created(String userId) {
    return new Said("ユーザー " + userId + " を登録しました", "本人に、登録のお知らせをメールで送りました。パスワードはメールに書かれていません。");
  }

  /** A password was initialised; the new one is on this page. */
  public static Said initialised(String userId) {
    return new Said(
        "ユーザー " + userId + " のパスワードを初期化しました", "本人に、初期化のお知らせをメールで送りました。パスワードはメールに書かれていません。");
  }

  /** B10. */
  public static Said unlocked(String userId) {
    return new Said(
        "ユーザー " + userId + " のロック・閉塞を解除しました", "本人にメールでお知らせしました。これまでのパスワードで、もう一度操作できます。");
  }

  /** B10: somebody else was faster, or the hour was over. */
  public static Said notLocked(String userId) {
    return new Said("ユーザー " + userId + " は、すでにロック・閉塞されていません", "");
  }

  /** The user is out. */
  public static Said removed(String userId) {
    return new Said("ユーザー " + userId + " を削除しました", "電子証明書は失効していません。電子証明書がある場合は、お取引店に失効をお申し出ください。");
  }

  /** The new address answered. */
  public static Said addressChanged(String userId) {
    return new Said("ユーザー " + userId + " のメールアドレスを変更しました", "変更前のメールアドレスにお知らせを送りました。");
  }
}
