package dev.inkan.server.letter;

import dev.inkan.server.mail.Letterhead;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The words of the letter, without its secrets; both its forms say the same. */
final class WelcomeWords {

  static final String CONFIDENTIAL = "親展";
  static final String LOGIN_ID = "ログインID";
  static final String PASSWORD = "初期パスワード";
  static final String URL = "URL";
  static final String UNTIL = "初期登録の期限";
  static final String SPACES = "区切りは読みやすくするためのものです。空白は入力しません。" + WelcomeWords.CASE;
  static final String CASE = "大文字と小文字は区別されます。";
  static final String STEPS = "［マスターユーザーの初期登録］のしかた";
  static final String WARNINGS = "ご注意";
  static final String QUESTIONS = "お問い合わせ";

  private final WelcomeLetter letter;
  private final Letterhead letterhead;
  private final DateTimeFormatter date;
  private final DateTimeFormatter deadline;

  WelcomeWords(WelcomeLetter letter) {
    this.letter = letter;
    this.letterhead = letter.letterhead();
    this.date = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.JAPANESE);
    this.deadline = DateTimeFormatter.ofPattern("uuuu年M月d日（EEEE）H時mm分", Locale.JAPANESE);
  }

  String title() {
    return letter.occasion().title();
  }

  List<String> addressee() {
    return List.of(letter.organisation().name() + "　御中", "マスターユーザー　様");
  }

  String organisationNumber() {
    return "団体番号　" + letter.organisation().number();
  }

  List<String> sender() {
    return List.of(letterhead.bank(), letterhead.service());
  }

  String date() {
    return date.format(letter.writtenAt().atZone(letterhead.zone()));
  }

  String lead() {
    return switch (letter.occasion()) {
      case START ->
          "このたびは「"
              + letterhead.service()
              + "」をお申し込みいただき、ありがとうございます。マスターユーザーの方が初期登録に使用する"
              + "ログインIDと初期パスワードを、下記のとおりお知らせします。";
      case CHANGE ->
          "書面によるお申し出により、「"
              + letterhead.service()
              + "」のマスターユーザーのログインIDとパスワードを初期化しました。これまでのパスワードは使用できません。"
              + "あらためて初期登録をお願いします。";
    };
  }

  String url() {
    return letter.url().toString();
  }

  String loginId() {
    return letter.loginId().value();
  }

  /** In words, and never later than the end itself. */
  String until() {
    Instant until = letter.until();
    return deadline.format(until.atZone(letterhead.zone())) + "まで";
  }

  List<String> steps() {
    return List.of(
        "ブラウザー（Microsoft Edge）のアドレス欄に、上記のURLを直接入力して開きます。" + "検索結果やメールのリンクからは開かないでください。",
        "ログインメニューで［マスターユーザーの初期登録］を押します。",
        "上記のログインIDと初期パスワードを入力します。",
        "ユーザーID（英字と数字をどちらも使い、6〜12文字）、パスワード（英大文字・英小文字・数字・記号を" + "すべて使い、8〜12文字）、お名前、メールアドレスを登録します。",
        "登録したメールアドレスに届く6桁の認証コードを入力します。",
        switch (letter.occasion()) {
          case START -> "続けて、画面の［電子証明書の発行へ進む］から、電子証明書を発行します。";
          case CHANGE -> "続けて、画面の案内に従い、電子証明書を発行するかログインします。";
        });
  }

  List<String> warnings() {
    return List.of(
        "初期パスワードは一度だけ使用できます。期限を過ぎると使用できません。",
        "続けて誤って入力すると、しばらく使用できなくなります。",
        "本書は他人に見られないように保管し、初期登録が済みましたら、細かく裁断して廃棄してください。",
        "職員が、電話やメールで初期パスワードをお聞きすることはありません。",
        "封筒に開けられた跡があるときは、使用せずに下記へご連絡ください。");
  }

  List<String> helpdesk() {
    Letterhead.Helpdesk helpdesk = letterhead.helpdesk();
    return List.of(
        helpdesk.name() + "　電話　" + helpdesk.phone(),
        "受付時間　" + helpdesk.hours(),
        "休業日　" + helpdesk.closedDays());
  }
}
