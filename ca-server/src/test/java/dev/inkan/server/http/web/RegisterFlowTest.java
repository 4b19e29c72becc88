package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Registrant;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** マスターユーザー初期登録 through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegisterFlowTest {

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  @Tag("C1")
  @Tag("C2")
  @DisplayName("C2: letter, details, code, done, and straight on to a certificate that opens")
  void wholeFlow() throws Exception {
    Registrant master = server.newRegistrant();
    Person person = master.person();
    assertThat(master.browser().get("/register").text())
        .contains("ログインID", "初期パスワード", "ソフトウェアキーボード", "全4ステップ中1");
    String first = master.browser().token();

    master.submitted();
    String second = master.browser().token();
    Reply code = master.browser().get("/register/code");
    assertThat(code.text()).contains(person.mail(), "全4ステップ中3").doesNotContain("見本 一郎");
    assertThat(users(master)).as("nobody is registered before the code came back").isEmpty();
    Reply entered = master.enter(server.awaitCode(person, 1));
    assertThat(entered.location()).endsWith("/register/done");
    Reply done = master.browser().get("/register/done");
    assertThat(done.text())
        .contains(person.userId(), "電子証明書の発行へ進む", "href=\"/issue/confirm\"", "全4ステップ中4");
    assertThat(List.of(first, second, master.browser().token())).doesNotHaveDuplicates();

    Visitor visitor = master.visitor();
    assertThat(visitor.browser().get("/issue/confirm").text())
        .contains(person.userId(), "全9ステップ中6");
    assertThat(visitor.issue().location()).endsWith("/issue/progress");
    assertThat(visitor.awaitResult().text()).contains("発行されました");
    X509Certificate certificate =
        IssueFlowTest.certificate(visitor.download().octets(), person.password());
    assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=" + person.userId());
    assertThat(server.ledger(person)).containsExactly("ISSUED");
    assertThat(users(master)).containsExactly(person.userId());
    await().until(() -> kinds(person).contains("registered") && kinds(person).contains("issued"));
    assertThat(secretsLeft()).containsExactly("0");
    assertThat(
            server.query(
                "SELECT action FROM audit_event WHERE actor_name IN ('"
                    + master.letter().loginId()
                    + "', '"
                    + person.userId()
                    + "') AND action NOT LIKE 'CERTIFICATE%' ORDER BY number"))
        .containsSubsequence(
            "REGISTRATION_OPENED", "CODE_SENT", "CODE_ACCEPTED", "MASTER_REGISTERED");
  }

  private List<String> users(Registrant master) {
    return server.query(
        "SELECT user_id FROM app_user WHERE organisation_number = '"
            + master.letter().organisation()
            + "'");
  }

  private List<String> kinds(Person person) {
    return server.query(
        "SELECT m.kind FROM mail_outbox m JOIN app_user u ON u.id = m.subscriber_id"
            + " WHERE u.user_id = '"
            + person.userId()
            + "'");
  }

  private List<String> secretsLeft() {
    return server.query(
        "SELECT COUNT(*) FROM master_registration WHERE state <> 'CODE_SENT'"
            + " AND (sealed_password IS NOT NULL OR password_hash IS NOT NULL)");
  }

  private List<String> states(Registrant master) {
    return server.query(
        "SELECT state FROM master_registration WHERE login_id = '"
            + master.letter().loginId()
            + "' ORDER BY created_at");
  }

  private List<String> unused(Registrant master) {
    return server.query(
        "SELECT CASE WHEN used_at IS NULL THEN 'unused' ELSE 'used' END FROM master_invitation"
            + " WHERE login_id = '"
            + master.letter().loginId()
            + "'");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the initial password works once, and only who types it right is told so")
  void once() {
    Registrant master = server.newRegistrant().registered();

    Reply again = master.elsewhere().logIn();
    Reply wrong = master.elsewhere().logIn(master.letter().wrongPassword());

    assertThat(again.status()).isEqualTo(403);
    assertThat(again.heading()).isEqualTo("この初期パスワードは使用済みです");
    assertThat(again.text()).contains("お取引店", "ヘルプデスク");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("ログインIDまたは初期パスワードを確認できませんでした");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: of two masters with one initial password one is registered, the other is told")
  void twoMasters() {
    Registrant one = server.newRegistrant().submitted();
    Person other = server.newStranger();
    Registrant two = one.elsewhere().as(other).submitted();
    String codeOfTwo = server.awaitCode(other, 1);

    assertThat(one.enter(server.awaitCode(one.person(), 1)).location()).endsWith("/register/done");
    Reply late = two.enter(codeOfTwo);

    assertThat(late.status()).isEqualTo(403);
    assertThat(late.heading()).isEqualTo("この初期パスワードは使用済みです");
    assertThat(late.text()).contains("別の画面で完了しました", "この画面の内容は登録されていません");
    assertThat(users(one)).containsExactly(one.person().userId());
    assertThat(states(one)).containsExactlyInAnyOrder("DONE", "CANCELLED");
    assertThat(secretsLeft()).containsExactly("0");
  }

  @Test
  @Tag("C3")
  @DisplayName(
      "C3: a newer letter stops a registration with the older, at the details and the code")
  void replaced() {
    Registrant atDetails = server.newRegistrant().opened();
    Registrant atCode = atDetails.elsewhere().as(server.newStranger()).submitted();
    String code = server.awaitCode(atCode.person(), 1);
    Registrant newer =
        new Registrant(
            server, server.initialise(atDetails.letter()), atDetails.person(), server.browser());

    for (Reply reply : List.of(atDetails.submit(), atCode.enter(code))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.heading()).isEqualTo("このログインIDは使えなくなりました");
    }
    assertThat(atDetails.elsewhere().logIn().text()).contains("確認できませんでした");
    assertThat(users(newer)).isEmpty();
    newer.registered();
    assertThat(users(newer)).containsExactly(newer.person().userId());
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: initialised, the master registers anew: the same user, all else new")
  void initialised() {
    Registrant before = server.newRegistrant().registered();
    Person old = before.person();
    Visitor visitor = before.visitor();
    visitor.issue();
    visitor.awaitResult();
    byte[] pfx = visitor.download().octets();
    String id = id(old);
    assertThat(server.browser(pfx, old.password()).post("/login", login(old)).location())
        .endsWith("/home");

    Registrant again =
        new Registrant(
            server, server.initialise(before.letter()), server.newStranger(), server.browser());
    assertThat(server.browser().post("/issue", login(old)).text())
        .as("the old password stops at once")
        .contains("ユーザーIDまたはパスワードを確認できませんでした");
    again.opened();
    Reply details = again.browser().get("/register/details");
    assertThat(details.text())
        .contains("value=\"" + old.userId() + "\"", "value=\"見本 一郎\"")
        .as("a wrong address is what led here as a rule")
        .doesNotContain(old.mail());
    assertThat(again.submit().status()).isEqualTo(303);
    again.enter(server.awaitCode(again.person(), 1));

    Reply done = again.browser().get("/register/done");
    assertThat(done.text())
        .as("the certificate is valid and outside its window")
        .contains("有効な電子証明書をお持ちの場合", "href=\"/login\"")
        .doesNotContain("/issue/confirm");
    assertThat(id(again.person())).isEqualTo(id);
    assertThat(users(again)).containsExactly(again.person().userId());
    assertThat(server.browser(pfx, old.password()).post("/login", login(again.person())).location())
        .as("the same certificate with the new user ID and password")
        .endsWith("/home");
    assertThat(server.browser(pfx, old.password()).post("/login", login(old)).status())
        .isEqualTo(422);
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: the master may keep the user ID, and a lock of before counts no more")
  void sameUserId() {
    Registrant before = server.newRegistrant().registered();
    server.update(
        "UPDATE app_user SET blocked = TRUE, locks = 3, void_codes = 2 WHERE user_id = '"
            + before.person().userId()
            + "'");

    Registrant again =
        new Registrant(
                server, server.initialise(before.letter()), before.person(), server.browser())
            .registered();

    assertThat(
            server.query(
                "SELECT CONCAT(blocked, '/', locks, '/', void_codes) FROM app_user WHERE user_id = '"
                    + again.person().userId()
                    + "'"))
        .containsExactly("FALSE/0/0");
    assertThat(again.browser().get("/register/done").text()).contains("電子証明書の発行へ進む");
  }

  private static String[] login(Person person) {
    return new String[] {"userId", person.userId(), "password", person.password()};
  }

  private String id(Person person) {
    return server.query("SELECT id FROM app_user WHERE user_id = '" + person.userId() + "'").get(0);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: a taken user ID is a problem at the field, and nothing typed is lost")
  void userIdTaken() {
    Person taken = server.newPerson();
    server.update(
        "UPDATE app_user SET removed_at = CURRENT_TIMESTAMP WHERE user_id = '"
            + taken.userId()
            + "'");
    Registrant master = server.newRegistrant().opened();
    Person wish = new Person(taken.userId(), master.person().password(), master.person().mail());

    Reply reply = master.as(wish).submit();

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("このユーザーIDは、すでに使われています", "href=\"#userId\"")
        .contains("value=\"" + taken.userId() + "\"", "value=\"見本 一郎\"")
        .contains("value=\"" + master.person().mail() + "\"");
    assertThat(master.submit().location()).endsWith("/register/code");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: a user ID taken between the details and the code rolls everything back")
  void userIdTakenMeanwhile() {
    Registrant master = server.newRegistrant().submitted();
    Person thief = server.newPerson();
    server.update(
        "UPDATE app_user SET user_id = '"
            + master.person().userId()
            + "' WHERE user_id = '"
            + thief.userId()
            + "'");

    Reply reply = master.enter(server.awaitCode(master.person(), 1));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.heading()).isEqualTo("マスターユーザー初期登録 登録内容の入力");
    assertThat(reply.text())
        .contains("手続きの間に、このユーザーIDがほかの方に使われました")
        .contains("value=\"見本 一郎\"", "value=\"" + master.person().mail() + "\"");
    assertThat(users(master)).isEmpty();
    assertThat(unused(master)).containsExactly("unused");
    assertThat(secretsLeft()).containsExactly("0");

    Person other =
        new Person("other" + thief.userId().substring(6), "Inkan#77x", master.person().mail());
    assertThat(master.as(other).submit().location()).endsWith("/register/code");
    assertThat(master.enter(server.awaitCode(other, 2)).location()).endsWith("/register/done");
    assertThat(users(master)).containsExactly(other.userId());
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: a form sent twice makes one code, one user, and leads on both times")
  void doubleClick() {
    Registrant master = server.newRegistrant().opened();
    assertThat(master.submit().location()).endsWith("/register/code");
    String code = server.awaitCode(master.person(), 1);
    String token = master.browser().token();

    assertThat(master.enter(code).location()).endsWith("/register/done");
    Browser lost = server.browser().token(token);
    Reply second = lost.post("/register/code", "code", code);

    assertThat(second.location()).endsWith("/register/done");
    assertThat(lost.get("/register/done").text())
        .as("the browser that lost the answer reads that it is done, and cannot issue")
        .contains("登録が完了しました", "ログインへ進む");
    assertThat(lost.get("/issue/confirm").status()).isEqualTo(403);
    assertThat(lost.get("/register/details").location()).endsWith("/register/done");
    assertThat(users(master)).hasSize(1);
    assertThat(server.codes(master.person())).hasSize(1);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: details said anew before the code came back count, with a new code")
  void correctedAddress() {
    Registrant slip = server.newRegistrant().submitted();
    String old = server.awaitCode(slip.person(), 1);
    Person right =
        new Person(
            slip.person().userId(), slip.person().password(), "right" + slip.person().mail());
    assertThat(slip.browser().get("/register/details").text())
        .contains("value=\"" + slip.person().mail() + "\"");

    assertThat(slip.as(right).submit().location()).endsWith("/register/code");

    assertThat(slip.enter(old).status()).as("the code of the wrong address").isEqualTo(422);
    assertThat(slip.enter(server.awaitCode(right, 1)).location()).endsWith("/register/done");
    assertThat(server.query("SELECT mail FROM app_user WHERE user_id = '" + right.userId() + "'"))
        .containsExactly(right.mail());
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the initial password is no new password")
  void samePassword() {
    Registrant master = server.newRegistrant().opened();
    String initial = master.letter().initialPassword();

    Reply reply = master.submit(initial, initial);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("初期パスワードと同じパスワードは使えません");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: five wrong codes end it; the letter starts it again")
  void wrongCodes() {
    Registrant master = server.newRegistrant().submitted();
    String right = server.awaitCode(master.person(), 1);
    String wrong = right.equals("000000") ? "000001" : "000000";

    for (int left = 4; left > 0; left--) {
      Reply reply = master.enter(wrong);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("あと" + left + "回入力できます");
    }
    Reply fifth = master.enter(wrong);
    Reply late = master.enter(right);

    for (Reply reply : List.of(fifth, late)) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.heading()).isEqualTo("認証コードが無効になりました");
    }
    assertThat(users(master)).isEmpty();
    assertThat(secretsLeft()).containsExactly("0");
    master.elsewhere().registered();
    assertThat(users(master)).hasSize(1);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: five codes a day for one letter, over all browsers")
  void codesADay() {
    Registrant master = server.newRegistrant();
    for (int i = 0; i < 5; i++) {
      master.elsewhere().as(server.newStranger()).submitted();
    }

    Reply sixth = master.opened().submit();

    assertThat(sixth.status()).isEqualTo(403);
    assertThat(sixth.heading()).isEqualTo("今日はこれ以上、認証コードを送信できません");
    assertThat(sixth.text()).contains("5回まで");
  }

  @Test
  @Tag("C2")
  @Tag("S2")
  @DisplayName("S2: a registration belongs to one browser")
  void anotherBrowser() {
    Registrant master = server.newRegistrant().submitted();
    String code = server.awaitCode(master.person(), 1);
    Browser stranger = server.browser();

    for (String path : List.of("/register/details", "/register/code", "/register/done")) {
      Reply reply = stranger.get(path);
      assertThat(reply.status()).as(path).isEqualTo(403);
      assertThat(reply.text()).as(path).contains("href=\"/register\"");
    }
    assertThat(stranger.post("/register/code", "code", code).status()).isEqualTo(403);
    assertThat(master.as(master.person()).browser().get("/register/code").status()).isEqualTo(200);
    assertThat(users(master)).isEmpty();
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: [キャンセル] erases what was kept and leaves the letter good")
  void cancel() {
    Registrant master = server.newRegistrant().submitted();
    String token = master.browser().token();

    Reply reply = master.browser().post("/register/code", "cancel", "1");

    assertThat(reply.location()).endsWith("/");
    assertThat(master.browser().token()).isNotEqualTo(token);
    assertThat(states(master)).containsExactly("CANCELLED");
    assertThat(
            server.query(
                "SELECT action FROM audit_event WHERE action = 'REGISTRATION_CANCELLED'"
                    + " AND actor_name = '"
                    + master.letter().loginId()
                    + "'"))
        .as("D4")
        .hasSize(1);
    assertThat(secretsLeft()).containsExactly("0");
    assertThat(server.browser().token(token).get("/register/code").status()).isEqualTo(403);
    assertThat(unused(master)).containsExactly("unused");
  }
}
