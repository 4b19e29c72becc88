package dev.inkan.server.http.web.view;

import java.util.List;

/** The refusals and failures of the issue flow, ④ to ⑧. */
public final class IssueRefusals {

  private IssueRefusals() {}

  /** Row B11: a valid certificate, not yet to be renewed. */
  public static Refusal tooEarly(String validUntil, String renewalOpens) {
    return Refusal.at(
        Step.USER_AUTHENTICATION,
        "電子証明書は発行済みです",
        "いまの電子証明書は" + validUntil + "まで有効です。更新は" + renewalOpens + "からできます。",
        List.of(
            "いまのパソコンでご利用の場合は、このままお使いください。" + renewalOpens + "にメールでお知らせします。",
            "パソコンの変更・紛失・故障の場合や、電子証明書ファイルを取り込めなかった場合は、いまの電子証明書の失効が必要です。お取引店にお申し出ください。失効後に、あらためて発行できます。"),
        true,
        WayBack.MENU);
  }

  /** Rows B7 and C6: told only to somebody who typed the right password. */
  public static Refusal locked(Step step, String until) {
    return Refusal.at(
        step,
        "いまはログインできません（ロック中）",
        "パスワードを連続して6回間違えたため、" + until + "までご利用いただけません。",
        List.of(
            until + "を過ぎると、自動で解除されます。時間をおいて、もう一度操作してください。", "お急ぎの一般ユーザーの方は、マスターユーザーに解除を依頼してください。"),
        true,
        WayBack.MENU);
  }

  /** Rows B8 and B10: told only to somebody who typed the right password. */
  public static Refusal blocked(Step step) {
    return Refusal.at(
        step,
        "ログインできません（閉塞）",
        "ロックを3回繰り返したため、このユーザーIDはご利用いただけない状態です。",
        List.of("一般ユーザーの方は、マスターユーザーに解除を依頼してください。", "マスターユーザーの方は、お取引店またはヘルプデスクにお問い合わせください。"),
        true,
        WayBack.MENU);
  }

  /** Row C5: told only to somebody who typed the right one. */
  public static Refusal initialPasswordOver(Step step, String until, boolean master) {
    return Refusal.at(
        step,
        "初期パスワードの有効期限が切れました",
        "入力された初期パスワードは、" + until + "で有効期限が切れたため、ご利用いただけません。",
        master
            ? List.of(
                "書面によるログインID・パスワード初期化のお手続きを、お取引店にお申し出ください。",
                "新しい「ご利用開始のお知らせ」が届きましたら、［マスターユーザーの初期登録］からお手続きください。")
            : List.of(
                "マスターユーザーに、パスワードの初期化を依頼してください。", "新しい初期パスワードを受け取りましたら、［一般ユーザーの初期登録］からお手続きください。"),
        true,
        WayBack.MENU);
  }

  /** The bank suspended the organisation: told only to somebody who typed the right password. */
  public static Refusal organisationClosed(Step step) {
    return Refusal.at(
        step,
        "ご利用が停止されています",
        "ご所属の団体のご利用が停止されているため、ログインと電子証明書の発行はできません。",
        List.of("団体のご担当者（マスターユーザー）にご確認ください。", "マスターユーザーの方は、お取引店またはヘルプデスクにお問い合わせください。"),
        true,
        WayBack.MENU);
  }

  /** Row B12: thirty minutes are over. */
  public static Refusal codeExpired() {
    return Refusal.at(
        Step.CODE_ENTRY,
        "認証コードの有効期限が切れました",
        "認証コードは、送信から30分間だけ使えます。",
        List.of("ユーザー認証（④）からやり直してください。新しい認証コードをメールでお送りします。", "前に届いたメールの認証コードは使えません。"),
        false,
        WayBack.ISSUE);
  }

  /** Five wrong tries. */
  public static Refusal codeVoid() {
    return Refusal.at(
        Step.CODE_ENTRY,
        "認証コードが無効になりました",
        "認証コードを5回間違えたため、安全のために無効にしました。",
        List.of(
            "ユーザー認証（④）からやり直してください。新しい認証コードをメールでお送りします。", "心当たりがないメールが届いている場合は、ヘルプデスクにお知らせください。"),
        true,
        WayBack.ISSUE);
  }

  /** Rows B7 and B12: one void code too many. Told to somebody who typed the right password. */
  public static Refusal lockedByCodes(String until) {
    return Refusal.at(
        Step.CODE_ENTRY,
        "いまはご利用いただけません（ロック中）",
        "無効になった認証コードが3回続いたため、" + until + "までご利用いただけません。",
        List.of(
            until + "を過ぎると、自動で解除されます。時間をおいて、ユーザー認証（④）からやり直してください。",
            "お急ぎの一般ユーザーの方は、マスターユーザーに解除を依頼してください。",
            "心当たりがないメールが届いている場合は、ヘルプデスクにお知らせください。"),
        true,
        WayBack.MENU);
  }

  /** Rows B8 and B10: as {@link #lockedByCodes}, and the third lock. */
  public static Refusal blockedByCodes() {
    return Refusal.at(
        Step.CODE_ENTRY,
        "ご利用いただけません（閉塞）",
        "無効になった認証コードが続いてロックが3回になったため、このユーザーIDはご利用いただけない状態です。",
        List.of("一般ユーザーの方は、マスターユーザーに解除を依頼してください。", "マスターユーザーの方は、お取引店またはヘルプデスクにお問い合わせください。"),
        true,
        WayBack.MENU);
  }

  /** The code was already taken, here or in another tab. */
  public static Refusal codeUsed() {
    return Refusal.at(
        Step.CODE_ENTRY,
        "この認証コードは使用済みです",
        "認証コードは一度だけ使えます。別の画面で、すでに入力された可能性があります。",
        List.of("別のタブやウィンドウで手続きが進んでいないか、確かめてください。", "進んでいない場合は、ユーザー認証（④）からやり直してください。"),
        false,
        WayBack.ISSUE);
  }

  /** No more codes today. */
  public static Refusal codesExhausted() {
    return Refusal.at(
        Step.USER_AUTHENTICATION,
        "今日はこれ以上、認証コードを送信できません",
        "1日に送信できる認証コードは5回までです。",
        List.of("明日、もう一度操作してください。", "メールが届かない場合は、登録されたメールアドレスが正しいか、お確かめください。"),
        true,
        WayBack.MENU);
  }

  /** Another certificate for this user is being made at this moment. */
  public static Refusal inProgress() {
    return Refusal.at(
        Step.ISSUE,
        "電子証明書を発行しているところです",
        "同じユーザーIDの発行が、別の画面で進んでいます。電子証明書は1枚だけ発行されます。",
        List.of("別のタブやウィンドウの発行結果を確かめてください。", "見当たらない場合は、1分ほど待ってから、ユーザー認証（④）からやり直してください。"),
        false,
        WayBack.ISSUE);
  }

  /** ⑧ Nothing was issued. */
  public static Refusal issueFailed() {
    return Refusal.at(
        Step.RESULT,
        "電子証明書を発行できませんでした",
        "システムの都合により、発行を完了できませんでした。入力内容に問題はありません。電子証明書は発行されていません。",
        List.of("少し待ってから、ユーザー認証（④）からやり直してください。", "繰り返し発行できない場合は、ヘルプデスクにお問い合わせください。"),
        true,
        WayBack.ISSUE);
  }

  /** ⑧ Row B17: issued, but the file's time is over. */
  public static Refusal fileGone(String fetchableUntil) {
    return Refusal.at(
        Step.RESULT,
        "電子証明書ファイルの保存期間が終わりました",
        "電子証明書は発行済みですが、ファイルを取り出せるのは" + fetchableUntil + "まででした。安全のため、ファイルは消去しました。",
        List.of(
            "すでにダウンロードした場合は、そのファイルをインポートして（⑨）、そのままお使いいただけます。",
            "ダウンロードしていない場合は、お取引店に電子証明書の失効をご依頼ください。失効後に、あらためて発行できます。"),
        true,
        WayBack.MENU);
  }
}
