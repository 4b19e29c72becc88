package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.AddressCodeView;
import dev.inkan.server.http.web.view.CodeView.Resend;
import dev.inkan.server.http.web.view.HandOverView;
import dev.inkan.server.http.web.view.InitialisePasswordView;
import dev.inkan.server.http.web.view.NewUserView;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RefusalView;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RemoveUserView;
import dev.inkan.server.http.web.view.Said;
import dev.inkan.server.http.web.view.StateWord;
import dev.inkan.server.http.web.view.StateWord.Mark;
import dev.inkan.server.http.web.view.UserAddressView;
import dev.inkan.server.http.web.view.UserListView;
import dev.inkan.server.http.web.view.UserListView.Column;
import dev.inkan.server.http.web.view.UserListView.Paging;
import dev.inkan.server.http.web.view.UserListView.Row;
import dev.inkan.server.http.web.view.UserProblems;
import dev.inkan.server.http.web.view.UserRefusals;
import dev.inkan.server.http.web.view.UserView;
import dev.inkan.server.http.web.view.UserView.CertificateLine;
import dev.inkan.server.http.web.view.UserView.MailLine;
import dev.inkan.server.http.web.view.UserView.Person;
import dev.inkan.server.http.web.view.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Samples of the master user's screens (C4, B10), by file name. */
final class UserSamplePages {

  private static final String USER = "yamada01";
  private static final String PATH = "/users/yamada01";
  private static final String LONGEST_MAIL =
      "a-very-long-name.of-somebody@" + "mihon.".repeat(10) + "example";
  private static final String LONGEST_NAME =
      "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処".repeat(2).substring(0, 64);
  private static final StateWord ACTIVE = new StateWord(Mark.GOOD, "利用中", "");
  private static final StateWord LOCKED = new StateWord(Mark.LOCKED, "ロック中", "15時35分まで");
  private static final StateWord BLOCKED = new StateWord(Mark.STOPPED, "閉塞", "解除が必要です");
  private static final StateWord INITIAL =
      new StateWord(Mark.WAITING, "初期パスワード", "2026年12月22日 14時05分まで");
  private static final StateWord OVER = new StateWord(Mark.STOPPED, "初期パスワード期限切れ", "初期化が必要です");
  private static final StateWord VALID = new StateWord(Mark.GOOD, "有効", "2027年11月22日まで");
  private static final StateWord RENEWABLE = new StateWord(Mark.WAITING, "更新できます", "2026年12月2日まで");
  private static final StateWord EXPIRED = new StateWord(Mark.STOPPED, "期限切れ", "2026年11月2日");
  private static final StateWord REVOKED = new StateWord(Mark.STOPPED, "失効", "2026年11月20日");
  private static final StateWord HELD = new StateWord(Mark.LOCKED, "一時停止中", "2027年11月2日まで");
  private static final StateWord NONE = new StateWord(Mark.NONE, "未発行", "");

  private final Map<String, View> views = new LinkedHashMap<>();

  private UserSamplePages() {
    lists();
    newUser();
    user();
    address();
    refusals();
  }

  static Map<String, View> all() {
    return new UserSamplePages().views;
  }

  private void lists() {
    Paging one = new Paging("1名", "", "", "", "", "");
    views.put("users", list("", Said.nothing(), several(), new Paging("6名", "", "", "", "", "")));
    views.put("users-few", list("", Said.nothing(), few(), new Paging("5名", "", "", "", "", "")));
    views.put(
        "users-empty", list("", Said.nothing(), List.of(), new Paging("0名", "", "", "", "", "")));
    views.put(
        "users-one",
        list("", Said.removed("suzuki02"), List.of(row(1, ACTIVE, VALID, "あと365日")), one));
    views.put(
        "users-none-found",
        list("渡辺", Said.nothing(), List.of(), new Paging("0名", "", "", "", "", "")));
    views.put(
        "users-found", list("山田", Said.nothing(), several(), new Paging("6名", "", "", "", "", "")));
    List<Row> fifty =
        IntStream.rangeClosed(51, 100).mapToObj(i -> row(i, ACTIVE, VALID, "あと365日")).toList();
    views.put(
        "users-thousand",
        list(
            "",
            Said.nothing(),
            fifty,
            new Paging(
                "1,000名中 51～100名",
                "2／20ページ",
                "/users",
                "/users",
                "/users?page=3",
                "/users?page=20")));
  }

  private static View list(String search, Said said, List<Row> rows, Paging paging) {
    List<Column> columns =
        List.of(
            new Column("ユーザーID", "/users?sort=userId&order=desc", "ascending"),
            new Column("氏名", "/users?sort=name&order=asc", ""),
            new Column("状態", "/users?sort=state&order=asc", ""),
            new Column("電子証明書", "/users?sort=certificate&order=asc", ""));
    return new UserListView(
        SamplePages.page(), said, "千葉県教職員組合", search, "userId", "asc", columns, rows, paging);
  }

  private static List<Row> several() {
    return List.of(
        row(1, ACTIVE, VALID, "あと365日"),
        row(2, LOCKED, RENEWABLE, "あと10日"),
        row(3, BLOCKED, EXPIRED, ""),
        row(4, INITIAL, NONE, ""),
        new Row("yamada05", PATH, LONGEST_NAME, OVER, REVOKED, "", true),
        row(6, ACTIVE, HELD, ""));
  }

  private static List<Row> few() {
    return List.of(
        row("itou0004", "伊藤 四郎", INITIAL, NONE, ""),
        row("sato0002", "佐藤 次郎", BLOCKED, VALID, "あと365日"),
        row("suzuki03", "鈴木 一郎", LOCKED, RENEWABLE, "あと10日"),
        row("tanaka05", "田中 三郎", ACTIVE, HELD, ""),
        row("yamada01", "山田 花子", ACTIVE, VALID, "あと365日"));
  }

  private static Row row(
      String userId, String name, StateWord state, StateWord certificate, String daysLeft) {
    return new Row(userId, "/users/" + userId, name, state, certificate, daysLeft, false);
  }

  private static Row row(int number, StateWord state, StateWord certificate, String daysLeft) {
    String userId = String.format("yamada%02d", number);
    return row(userId, "山田 花子", state, certificate, daysLeft);
  }

  private void newUser() {
    views.put("user-new", form("", "", "", "Kb#012345wxY"));
    views.put(
        "user-new-missing",
        form(
            "",
            "",
            "",
            "",
            Problem.userIdMissing(),
            RegisterProblems.nameMissing(),
            RegisterProblems.emailMissing(),
            UserProblems.initialPasswordMissing()));
    views.put(
        "user-new-malformed",
        form(
            "ｙａｍａｄａ",
            LONGEST_NAME + "と",
            "hanako@",
            "password",
            Problem.userIdMalformed(),
            RegisterProblems.nameMalformed(),
            RegisterProblems.emailMalformed(),
            UserProblems.initialPasswordMalformed()));
    views.put(
        "user-new-taken",
        form(USER, "山田 花子", "hanako@example.jp", "Kb#012345wxY", UserProblems.userIdTaken()));
    views.put(
        "user-new-busy", form(USER, "山田 花子", "hanako@example.jp", "Kb#012345wxY", Problem.busy()));
  }

  private static View form(
      String userId, String name, String email, String password, Problem... problems) {
    return new NewUserView(
        SamplePages.page(), userId, name, email, password, "30日間", List.of(problems));
  }

  private static Person person(StateWord state) {
    return new Person(USER, PATH, "山田 花子", "hanako@example.jp", state);
  }

  private void user() {
    List<CertificateLine> certificates =
        List.of(
            new CertificateLine(VALID, "2026年11月22日から2027年11月22日まで", "あと365日"),
            new CertificateLine(EXPIRED, "2025年11月2日から2026年11月2日まで", ""));
    List<MailLine> mails =
        List.of(
            new MailLine(
                "2026年11月22日 14時05分", "電子証明書発行のお知らせ", new StateWord(Mark.WAITING, "送信待ち", "")),
            new MailLine("2026年11月22日 14時01分", "認証コードのお知らせ", new StateWord(Mark.GOOD, "送信済み", "")),
            new MailLine(
                "2026年11月21日 9時30分",
                "ユーザー登録完了のお知らせ",
                new StateWord(Mark.STOPPED, "届きませんでした", "メールアドレスをお確かめください")));
    views.put("user", user(Said.nothing(), person(ACTIVE), "", certificates, mails, ""));
    views.put("user-unused", user(Said.nothing(), person(INITIAL), "", List.of(), List.of(), ""));
    views.put(
        "user-locked", user(Said.nothing(), person(LOCKED), "", certificates, mails, "ロックを解除"));
    views.put(
        "user-blocked", user(Said.nothing(), person(BLOCKED), "", certificates, mails, "閉塞を解除"));
    views.put(
        "user-unlocked", user(Said.unlocked(USER), person(ACTIVE), "", certificates, mails, ""));
    views.put(
        "user-not-locked", user(Said.notLocked(USER), person(ACTIVE), "", certificates, mails, ""));
    views.put(
        "user-address-changed",
        user(Said.addressChanged(USER), person(ACTIVE), "", certificates, mails, ""));
    views.put(
        "user-address-pending",
        user(
            Said.nothing(),
            new Person(USER, PATH, LONGEST_NAME, LONGEST_MAIL, OVER),
            LONGEST_MAIL,
            certificates,
            mails,
            ""));
    views.put(
        "user-handover",
        new HandOverView(
            SamplePages.page(),
            Said.created(USER),
            person(INITIAL),
            "Kb#012345wxY",
            "2026年12月22日 14時05分"));
    views.put(
        "user-handover-again",
        new HandOverView(
            SamplePages.page(),
            Said.initialised(USER),
            person(INITIAL),
            "Kb#012345wxY",
            "2026年12月22日 14時05分"));
    views.put(
        "user-password",
        new InitialisePasswordView(SamplePages.page(), person(ACTIVE), "30日間", List.of()));
    views.put(
        "user-password-busy",
        new InitialisePasswordView(
            SamplePages.page(), person(ACTIVE), "30日間", List.of(Problem.busy())));
    views.put("user-remove", new RemoveUserView(SamplePages.page(), person(ACTIVE), "2027年11月22日"));
    views.put("user-remove-without", new RemoveUserView(SamplePages.page(), person(INITIAL), ""));
  }

  private static View user(
      Said said,
      Person person,
      String pending,
      List<CertificateLine> certificates,
      List<MailLine> mails,
      String unlock) {
    return new UserView(SamplePages.page(), said, person, pending, certificates, mails, unlock);
  }

  private void address() {
    views.put(
        "user-address", new UserAddressView(SamplePages.page(), person(ACTIVE), "", List.of()));
    views.put(
        "user-address-malformed",
        new UserAddressView(
            SamplePages.page(),
            person(ACTIVE),
            "hanako＠example.jp",
            List.of(RegisterProblems.emailMalformed())));
    views.put(
        "user-address-unchanged",
        new UserAddressView(
            SamplePages.page(),
            person(ACTIVE),
            "hanako@example.jp",
            List.of(UserProblems.emailUnchanged())));
    views.put("user-address-code", code("hanako@new.example", "", Resend.waitUntil("14時06分")));
    views.put("user-address-code-open", code("", Resend.open()));
    views.put("user-address-code-resent", code("", Resend.justSent("14時07分")));
    views.put("user-address-code-wrong", code("", Resend.open(), Problem.codeWrong(4)));
    views.put(
        "user-address-code-soon",
        code("", Resend.waitUntil("14時06分"), Problem.resendTooSoon("14時06分")));
  }

  private static View code(String code, Resend resend, Problem... problems) {
    return code(LONGEST_MAIL, code, resend, problems);
  }

  private static View code(String newMail, String code, Resend resend, Problem... problems) {
    return new AddressCodeView(
        SamplePages.page(), person(ACTIVE), newMail, code, "14時35分", resend, List.of(problems));
  }

  private void refusals() {
    refusal("not-master", UserRefusals.notMaster());
    refusal("unknown-user", UserRefusals.unknownUser());
    refusal("address-code-void", UserRefusals.addressCodeVoid());
    refusal("address-code-expired", UserRefusals.addressCodeExpired());
    refusal("address-none", UserRefusals.noAddressChange());
    refusal("address-codes-exhausted", UserRefusals.addressCodesExhausted());
  }

  private void refusal(String name, Refusal refusal) {
    views.put("refusal-" + name, new RefusalView(SamplePages.page(), refusal));
  }
}
