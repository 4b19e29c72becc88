package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/** The refusals of 一般ユーザーの管理 (row C4). */
public final class UserRefusals {

  private UserRefusals() {}

  /** Only a master user manages users. */
  public static Refusal notMaster() {
    return new Refusal(
        Optional.empty(),
        "マスターユーザーだけが使える画面です",
        "一般ユーザーの登録や解除は、団体のマスターユーザーが行います。",
        List.of("ロックや閉塞の解除、メールアドレスの変更、パスワードの初期化は、団体のマスターユーザーに依頼してください。"),
        false,
        WayBack.HOME);
  }

  /** Unknown, removed or not theirs: nobody is told which. */
  public static Refusal unknownUser() {
    return users(
        "一般ユーザーが見つかりません",
        "このユーザーIDの一般ユーザーは、団体に登録されていないか、すでに削除されています。",
        List.of("一般ユーザーの一覧で、ユーザーIDをお確かめください。"),
        false);
  }

  /** Five wrong tries. */
  public static Refusal addressCodeVoid() {
    return users(
        "認証コードが無効になりました",
        "認証コードを5回間違えたため、安全のために無効にしました。メールアドレスは変更されていません。",
        List.of("メールアドレスの変更から、もう一度やり直してください。新しい認証コードをメールでお送りします。"),
        false);
  }

  /** Thirty minutes are over. */
  public static Refusal addressCodeExpired() {
    return users(
        "認証コードの有効期限が切れました",
        "認証コードは、送信から30分間だけ使えます。メールアドレスは変更されていません。",
        List.of("メールアドレスの変更から、もう一度やり直してください。新しい認証コードをメールでお送りします。"),
        false);
  }

  /** It was done, ended or cancelled elsewhere. */
  public static Refusal noAddressChange() {
    return users(
        "進行中のメールアドレスの変更はありません",
        "変更は、すでに終わったか、取り消されています。",
        List.of("一般ユーザーの一覧から、現在のメールアドレスをお確かめください。"),
        false);
  }

  /** No more codes today. */
  public static Refusal addressCodesExhausted() {
    return users(
        "今日はこれ以上、認証コードを送信できません",
        "ひとりのユーザーについて、1日に送信できる認証コードは5回までです。メールアドレスは変更されていません。",
        List.of("明日、もう一度操作してください。", "新しいメールアドレスが正しいか、本人にお確かめください。"),
        true);
  }

  private static Refusal users(String title, String reason, List<String> next, boolean ask) {
    return new Refusal(Optional.empty(), title, reason, next, ask, WayBack.USERS);
  }
}
