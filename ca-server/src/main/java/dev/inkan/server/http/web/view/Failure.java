package dev.inkan.server.http.web.view;

import java.util.Arrays;

/** What can go wrong with a request as such, in the words the visitor reads. */
public enum Failure {
  BAD_REQUEST(400, "受け取れない内容でした", "送信された内容を読み取れませんでした。", "前の画面に戻り、もう一度入力してください。"),
  STALE_FORM(
      403,
      "操作をやり直してください",
      "画面を開いてから時間がたったか、別のタブで操作が進んだため、安全のために受け付けませんでした。",
      "下のボタンから、最初の画面に戻ってやり直してください。"),
  SESSION_EXPIRED(
      403, "時間がたったため、終了しました", "しばらく操作がなかったため、安全のために手続きを終了しました。", "下のボタンから、もう一度始めてください。"),
  NOT_FOUND(404, "ページが見つかりません", "アドレスが違うか、ページがなくなっています。", "アドレスを確かめるか、下のボタンからお進みください。"),
  METHOD_NOT_ALLOWED(405, "この操作はできません", "この画面では受け付けていない操作です。", "下のボタンから、もう一度始めてください。"),
  TIMEOUT(408, "時間内に受け取れませんでした", "通信に時間がかかりすぎたため、中断しました。", "通信の状態を確かめて、もう一度お試しください。"),
  TOO_LARGE(413, "送信された内容が大きすぎます", "受け付けられる大きさを超えています。", "入力内容を確かめて、もう一度お試しください。"),
  UNSUPPORTED_MEDIA(415, "受け取れない形式でした", "送信された内容の形式に対応していません。", "画面の入力欄から操作してください。"),
  MISDIRECTED(421, "アクセス先が違います", "このアドレスでは、このサービスをご利用いただけません。", "お知らせに書かれたURLから、アクセスし直してください。"),
  TOO_MANY(429, "操作の回数が多すぎます", "短い時間に何度も操作されたため、いまは受け付けられません。", "数分待ってから、もう一度お試しください。"),
  INTERNAL(
      500,
      "システムで問題が起きました",
      "ご迷惑をおかけします。入力内容に問題はありません。",
      "少し待ってから、もう一度お試しください。繰り返す場合は、下の番号を添えてお問い合わせください。"),
  UNAVAILABLE(503, "ただいまご利用いただけません", "混み合っているか、点検をしています。", "少し待ってから、もう一度お試しください。");

  private final int status;
  private final String title;
  private final String reason;
  private final String next;

  Failure(int status, String title, String reason, String next) {
    this.status = status;
    this.title = title;
    this.reason = reason;
    this.next = next;
  }

  /** The words for an HTTP status (RFC 9110 section 15); the general ones where none fit. */
  public static Failure of(int status) {
    return Arrays.stream(values())
        .filter(failure -> failure.status == status)
        .findFirst()
        .orElse(status >= 500 ? INTERNAL : BAD_REQUEST);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String reason() {
    return reason;
  }

  public String next() {
    return next;
  }
}
