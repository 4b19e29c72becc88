package dev.inkan.server.http.web.view;

import java.util.List;

/** Why a log-in is refused for the certificate's sake (row C6). */
public final class LoginRefusals {

  private static final String RESTART = "別の電子証明書を選ぶには、開いているブラウザをすべて閉じ、アクセスからやり直してください。";

  private LoginRefusals() {}

  /** The browser showed no certificate. */
  public static Refusal noCertificate() {
    return Refusal.outside(
        "電子証明書が選択されていません",
        "ログインには、ご自分の電子証明書が必要です。ブラウザから電子証明書が届きませんでした。",
        List.of(
            "開いているブラウザをすべて閉じ、アクセスし直して、電子証明書の選択画面でご自分のユーザーIDの電子証明書を選んでください。",
            "選択画面にない場合は、電子証明書の有効期限が切れているか、このパソコンのこのWindowsアカウントにインポートされていません。",
            "まだ発行していない方、有効期限が切れた方は、ログイン画面の［電子証明書発行］から発行してください。"),
        true);
  }

  /** Row A2. */
  public static Refusal expired(String lastDay) {
    return Refusal.outside(
        "電子証明書の有効期限が切れています",
        "選択された電子証明書は" + lastDay + "で有効期限が切れました。この電子証明書ではログインできません。",
        List.of("ログイン画面の［電子証明書発行］から、新しい電子証明書を発行してください。", "新しい電子証明書がすでにある場合：" + RESTART),
        true);
  }

  /** Row A6. */
  public static Refusal revoked() {
    return Refusal.outside(
        "電子証明書は失効しています",
        "選択された電子証明書は、失効の手続きがとられているため使えません。",
        List.of(
            "新しい電子証明書がまだない場合は、ログイン画面の［電子証明書発行］から発行してください。",
            "新しい電子証明書がすでにある場合：" + RESTART,
            "失効に心当たりがない場合は、すぐにヘルプデスクにお問い合わせください。"),
        true);
  }

  /** Another CA's certificate. */
  public static Refusal foreign() {
    return Refusal.outside(
        "このサービスの電子証明書ではありません",
        "選択された電子証明書は、このサービスで発行したものではないため使えません。",
        List.of(RESTART, "このサービスの電子証明書がない場合は、ログイン画面の［電子証明書発行］から発行してください。"),
        true);
  }

  /** Right ID and password, but the certificate is another user's. */
  public static Refusal somebodyElses() {
    return Refusal.outside(
        "電子証明書とユーザーIDが一致しません",
        "選択された電子証明書は、入力されたユーザーIDのものではありません。電子証明書は、ご自分のものだけがお使いになれます。",
        List.of(RESTART, "ご自分の電子証明書がない場合は、ログイン画面の［電子証明書発行］から発行してください。"),
        true);
  }

  /** Row C5 at the log-in: told only to somebody who typed the right one. */
  public static Refusal initialPasswordOver(String until, boolean master) {
    Refusal issue = IssueRefusals.initialPasswordOver(Step.USER_AUTHENTICATION, until, master);
    return Refusal.outside(issue.title(), issue.reason(), issue.next(), true);
  }

  /** The bank suspended the organisation: told only to somebody who typed the right password. */
  public static Refusal organisationClosed() {
    Refusal issue = IssueRefusals.organisationClosed(Step.USER_AUTHENTICATION);
    return Refusal.outside(issue.title(), issue.reason(), issue.next(), true);
  }

  /** Row B7 at the log-in: told only to somebody who typed the right password. */
  public static Refusal locked(String until) {
    Refusal issue = IssueRefusals.locked(Step.USER_AUTHENTICATION, until);
    return Refusal.outside(issue.title(), issue.reason(), issue.next(), true);
  }

  /** Row B8 at the log-in: told only to somebody who typed the right password. */
  public static Refusal blocked() {
    Refusal issue = IssueRefusals.blocked(Step.USER_AUTHENTICATION);
    return Refusal.outside(issue.title(), issue.reason(), issue.next(), true);
  }
}
