package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/** Why a logged-in user cannot renew. */
public final class RenewalRefusals {

  private RenewalRefusals() {}

  /** Row A3: the window is not open. */
  public static Refusal tooEarly(String validUntil, String renewalOpens) {
    return atHome(
        "まだ更新できません",
        "いまの電子証明書は" + validUntil + "まで有効です。更新は" + renewalOpens + "からできます。",
        List.of(
            "このままお使いください。" + renewalOpens + "にメールでお知らせします。",
            "パソコンの変更・紛失・故障の場合は、いまの電子証明書の失効が必要です。お取引店にお申し出ください。失効後に、あらためて発行できます。"));
  }

  /** Row A7: the newer certificate is there already. */
  public static Refusal done(String validUntil, String renewalOpens) {
    return atHome(
        "更新は済んでいます",
        "新しい電子証明書（" + validUntil + "まで有効）が発行済みです。次の更新は" + renewalOpens + "からできます。",
        List.of(
            "次回からは、新しい電子証明書を選択してログインしてください。",
            "新しい電子証明書ファイルを取り込めなかった場合は、新しい電子証明書の失効が必要です。お取引店にお申し出ください。失効後に、あらためて発行できます。"));
  }

  /** Another certificate for this user is being made at this moment. */
  public static Refusal underWay() {
    return atHome(
        "電子証明書を発行しているところです",
        "同じユーザーIDの発行が、別の画面で進んでいます。電子証明書は1枚だけ発行されます。",
        List.of("別のタブやウィンドウの発行結果を確かめてください。", "見当たらない場合は、1分ほど待ってから、もう一度お試しください。"));
  }

  private static Refusal atHome(String title, String reason, List<String> next) {
    return new Refusal(Optional.empty(), title, reason, next, true, WayBack.HOME);
  }
}
