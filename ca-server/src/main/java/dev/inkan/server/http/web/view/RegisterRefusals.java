package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/** Why a master user cannot be registered now (C2, C3). */
public final class RegisterRefusals {

  private static final String NEW_LETTER =
      "新しい「ご利用開始のお知らせ」が必要な場合は、書面によるログインID・パスワード初期化を、お取引店にお申し込みください。";

  private RegisterRefusals() {}

  /** Told only to somebody who typed the right initial password. */
  public static Refusal used() {
    return refusal(
        "この初期パスワードは使用済みです",
        "このログインIDと初期パスワードによる登録は、すでに完了しています。初期パスワードは一度だけ使えます。",
        List.of(
            "ご自分で登録された場合は、登録したユーザーIDとパスワードで、ログイン画面の［電子証明書発行］または［ログイン］にお進みください。",
            "お心当たりがない場合は、すぐにヘルプデスクにお問い合わせください。",
            NEW_LETTER),
        WayBack.MENU);
  }

  /** Somebody else was faster with the same initial password. */
  public static Refusal usedMeanwhile() {
    return refusal(
        "この初期パスワードは使用済みです",
        "手続きの間に、同じログインIDと初期パスワードによる登録が、別の画面で完了しました。この画面の内容は登録されていません。",
        List.of(
            "同じ団体のほかの方が登録された場合は、その方がマスターユーザーです。一般ユーザーとしてのご利用は、マスターユーザーにご依頼ください。",
            "お心当たりがない場合は、すぐにヘルプデスクにお問い合わせください。",
            NEW_LETTER),
        WayBack.MENU);
  }

  /** Told only to somebody who typed the right initial password. */
  public static Refusal expired() {
    return refusal(
        "初期パスワードの有効期限が切れています",
        "「ご利用開始のお知らせ」に書かれた有効期限を過ぎたため、この初期パスワードでは登録できません。",
        List.of(NEW_LETTER, "ご不明な点は、ヘルプデスクにお問い合わせください。"),
        WayBack.MENU);
  }

  /** C3: a newer letter was made. */
  public static Refusal replaced() {
    return refusal(
        "このログインIDは使えなくなりました",
        "新しい「ご利用開始のお知らせ」が発行されたため、前のログインIDと初期パスワードでは登録できません。この画面の内容は登録されていません。",
        List.of(
            "新しい「ご利用開始のお知らせ」に書かれたログインIDと初期パスワードで、はじめからやり直してください。",
            "新しいお知らせが届かない場合は、お取引店にお問い合わせください。"),
        WayBack.REGISTER);
  }

  /** The bank suspended the organisation. */
  public static Refusal organisationClosed() {
    return refusal(
        "ご利用が停止されています",
        "団体のご利用が停止されているため、いまは登録できません。",
        List.of("お取引店またはヘルプデスクにお問い合わせください。"),
        WayBack.MENU);
  }

  /** The code's time is over; the letter still counts. */
  public static Refusal codeExpired() {
    return refusal(
        "認証コードの有効期限が切れました",
        "認証コードは、送信から30分間だけ使えます。まだ登録は完了していません。",
        List.of("登録内容の入力に戻り、もう一度［認証コードを送信］を押してください。新しい認証コードをメールでお送りします。", "前に届いたメールの認証コードは使えません。"),
        WayBack.REGISTER_DETAILS);
  }

  /** Five wrong tries. */
  public static Refusal codeVoid() {
    return refusal(
        "認証コードが無効になりました",
        "認証コードを5回間違えたため、安全のために無効にしました。まだ登録は完了していません。",
        List.of(
            "ログインIDと初期パスワードの入力からやり直してください。初期パスワードは使用済みになっていません。",
            "心当たりがないメールが届いている場合は、ヘルプデスクにお知らせください。"),
        WayBack.REGISTER);
  }

  /** No more codes today. */
  public static Refusal codesExhausted(int perDay) {
    return refusal(
        "今日はこれ以上、認証コードを送信できません",
        "1日に送信できる認証コードは" + perDay + "回までです。まだ登録は完了していません。",
        List.of(
            "24時間ほどたってから、ログインIDと初期パスワードの入力からやり直してください。",
            "メールが届かない場合は、入力したメールアドレスが正しいか、迷惑メールのフォルダーに入っていないかを、お確かめください。"),
        WayBack.MENU);
  }

  private static Refusal refusal(String title, String reason, List<String> next, WayBack back) {
    return new Refusal(Optional.empty(), title, reason, next, true, back);
  }
}
