package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import dev.inkan.server.demo.CapturedMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** C4, B10: a master user looks after the general users, in the browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserScreensTest {

  private static final Pattern PASSWORD = Pattern.compile("id=\"password\">([^<]+)<");
  private static final Pattern PROPOSED =
      Pattern.compile("name=\"initialPassword\" value=\"([^\"]+)\"");

  private TestServer server;
  private Person boss;
  private Browser master;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    boss = server.newMaster();
    master = server.loggedIn(boss);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String first(Pattern pattern, Reply reply) {
    Matcher matcher = pattern.matcher(reply.text());
    assertThat(matcher.find()).as(reply.heading()).isTrue();
    return matcher.group(1).replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", "\"");
  }

  private static Reply follow(Browser browser, Reply reply) {
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
    return browser.get(reply.location().replaceFirst("^https://[^/]+", ""));
  }

  private Reply create(Browser browser, String userId, String password) {
    return browser.post(
        "/users/new",
        "userId",
        userId,
        "name",
        "山田 花子",
        "email",
        userId + "@mihon.example",
        "initialPassword",
        password);
  }

  private List<CapturedMail> mailsTo(String address) {
    return server.mailbox().mails().stream().filter(mail -> mail.to().equals(address)).toList();
  }

  private void awaitMail(String address, String topic) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> mailsTo(address).stream().anyMatch(mail -> mail.subject().contains(topic)));
  }

  private List<String> audited(String action) {
    return server.query(
        "SELECT actor_name || ' ' || detail FROM audit_event WHERE action = '"
            + action
            + "' AND actor_name = '"
            + boss.userId()
            + "'");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: /home leads a master user to the users, and nobody else")
  void home() {
    assertThat(master.get("/home").text()).contains("href=\"/users\">一般ユーザーの管理");
    Reply list = master.get("/users");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.heading()).isEqualTo("一般ユーザーの管理");
  }

  @Test
  @Tag("C4")
  @Tag("C5")
  @DisplayName("C4: a created user is told by mail; the password is shown once and opens ④")
  void create() {
    String proposed = first(PROPOSED, master.get("/users/new"));
    assertThat(proposed).hasSize(12).isNotEqualTo(first(PROPOSED, master.get("/users/new")));

    Reply created = create(master, "hanako01", proposed);

    assertThat(created.location()).endsWith("/users/hanako01/handover").doesNotContain(proposed);
    Reply slip = follow(master, created);
    assertThat(slip.heading()).isEqualTo("初期パスワードのお渡し");
    assertThat(first(PASSWORD, slip)).isEqualTo(proposed);
    assertThat(slip.text()).contains("ユーザー hanako01 を登録しました", "山田 花子", "［一般ユーザーの初期登録］");
    Reply again = master.get("/users/hanako01/handover");
    assertThat(again.location()).endsWith("/users/hanako01");
    Reply page = follow(master, again);
    assertThat(page.text())
        .contains("hanako01@mihon.example", "初期パスワード", "まだ発行されていません", "ユーザー登録完了のお知らせ")
        .doesNotContain(proposed);
    assertThat(master.get("/users").text()).contains("hanako01", "未発行");
    awaitMail("hanako01@mihon.example", "登録");
    assertThat(mailsTo("hanako01@mihon.example"))
        .allSatisfy(mail -> assertThat(mail.text()).contains("hanako01").doesNotContain(proposed));
    assertThat(audited("USER_CREATED")).contains(boss.userId() + " hanako01");
    Visitor hanako =
        server.visitor(new Person("hanako01", proposed, "hanako01@mihon.example")).passwordDue();
    assertThat(hanako.browser().get("/issue/password").status()).isEqualTo(200);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the same user created twice is one user, and the second form is told")
  void createdTwice() {
    assertThat(create(master, "twice001", "Inkan#2026").status()).isEqualTo(303);

    Reply second = create(master, "twice001", "Other#2026");

    assertThat(second.status()).isEqualTo(422);
    assertThat(second.text())
        .contains("このユーザーIDは、すでに使われています")
        .contains("value=\"twice001\"", "value=\"山田 花子\"", "value=\"Other#2026\"");
    assertThat(create(server.loggedIn(server.newMaster()), "twice001", "Inkan#2026").status())
        .as("another organisation's master user")
        .isEqualTo(422);
    assertThat(server.query("SELECT id FROM app_user WHERE user_id = 'twice001'")).hasSize(1);
  }

  @Test
  @Tag("B10")
  @Tag("B7")
  @DisplayName("B10: a locked user is let in again by the master user and passes ④")
  void unlock() {
    Person hanako = server.newPersonOf(boss);
    fail(hanako, 6);
    Reply page = master.get("/users/" + hanako.userId());
    assertThat(page.text()).contains("ロック中", "ロックを解除");
    assertThat(server.visitor(hanako).apply().status()).isEqualTo(422);

    Reply unlocked = master.post("/users/" + hanako.userId() + "/unlock");

    Reply after = follow(master, unlocked);
    assertThat(after.text()).contains("ロック・閉塞を解除しました", "利用中").doesNotContain("/unlock\"");
    assertThat(master.get("/users/" + hanako.userId()).text()).doesNotContain("解除しました");
    server.visitor(hanako).applied();
    awaitMail(hanako.mail(), "解除");
    assertThat(audited("USER_UNLOCKED"))
        .contains(boss.userId() + " " + hanako.userId() + " was LOCKED");
    assertThat(follow(master, master.post("/users/" + hanako.userId() + "/unlock")).text())
        .contains("すでにロック・閉塞されていません");
  }

  @Test
  @Tag("B10")
  @Tag("B8")
  @DisplayName("B10: so is a blocked one")
  void unblock() {
    Person hanako = server.newPersonOf(boss);
    server.update(
        "UPDATE app_user SET locks = 3, blocked = TRUE, void_codes = 2 WHERE user_id = '"
            + hanako.userId()
            + "'");
    assertThat(master.get("/users?sort=state").text()).contains("閉塞");
    assertThat(server.visitor(hanako).apply().status()).isEqualTo(422);

    assertThat(master.get("/users/" + hanako.userId()).text()).contains("閉塞を解除");
    assertThat(follow(master, master.post("/users/" + hanako.userId() + "/unlock")).text())
        .contains("ロック・閉塞を解除しました");

    server.visitor(hanako).applied();
    assertThat(
            server.query(
                "SELECT locks + failures + void_codes FROM app_user WHERE user_id = '"
                    + hanako.userId()
                    + "'"))
        .containsExactly("0");
  }

  private void fail(Person person, int times) {
    for (int i = 0; i < times; i++) {
      server
          .browser()
          .post("/issue", "userId", person.userId(), "password", person.wrongPassword());
    }
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: an initialised password is shown once; the old one and what it opened are over")
  void initialise() {
    Person hanako = server.newPersonOf(boss);
    Visitor confirmed = server.visitor(hanako).confirmed();
    String path = "/users/" + hanako.userId() + "/password";
    assertThat(master.get(path).text()).contains("すぐに使えなくなります", "30日間");

    Reply slip = follow(master, master.post(path));

    String password = first(PASSWORD, slip);
    assertThat(slip.text()).contains("パスワードを初期化しました");
    assertThat(password).hasSize(12).isNotEqualTo(hanako.password());
    assertThat(master.get("/users/" + hanako.userId()).text())
        .contains("初期パスワード", "パスワード初期化のお知らせ")
        .doesNotContain(password);
    assertThat(confirmed.issue().heading()).isEqualTo("時間がたったため、終了しました");
    assertThat(server.applications(hanako)).containsExactly("CANCELLED");
    assertThat(server.visitor(hanako).apply().status()).as("the old password").isEqualTo(422);
    server.visitor(new Person(hanako.userId(), password, hanako.mail())).passwordDue();
    awaitMail(hanako.mail(), "初期化");
    assertThat(audited("PASSWORD_INITIALISED")).contains(boss.userId() + " " + hanako.userId());
    assertThat(server.query("SELECT detail FROM audit_event")).doesNotContain(password);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: somebody else's notice, an old one and a made-up one say nothing")
  void notices() {
    Person hanako = server.newPersonOf(boss);
    master.post("/users/" + hanako.userId() + "/password");
    String notice = master.notice();
    assertThat(notice).isNotEmpty();
    String handover = "/users/" + hanako.userId() + "/handover";
    Person other = server.newPersonOf(boss);

    assertThat(master.get("/users/" + other.userId() + "/handover").location())
        .as("of another user")
        .endsWith(other.userId());
    assertThat(master.notice()).as("it is gone").isEmpty();
    Browser stranger = server.loggedIn(server.newMaster());
    assertThat(stranger.notice(notice).get(handover).status()).isNotEqualTo(200);
    for (String madeUp : List.of("x", "%00", "A".repeat(3_000), notice.substring(1))) {
      assertThat(master.notice(madeUp).get("/users").status()).isEqualTo(200);
      assertThat(master.notice()).isEmpty();
    }
    server.clock().advance(Duration.ofMinutes(5));
    assertThat(master.notice(notice).get(handover).location()).endsWith(hanako.userId());
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: after its certificate the user is shown with it and its end")
  void certificate() {
    Person hanako = server.newPersonOf(boss);
    server.visitor(hanako).issued();

    assertThat(master.get("/users?search=" + hanako.userId()).text())
        .contains(">1名", "有効", "あと365日");
    assertThat(master.get("/users/" + hanako.userId()).text())
        .contains("有効", "あと365日", "電子証明書発行のお知らせ");
    server.update(
        "UPDATE certificate SET revoked_at = CURRENT_TIMESTAMP, revocation_reason = 1,"
            + " current_for = NULL WHERE subscriber_id = (SELECT id FROM app_user WHERE user_id = '"
            + hanako.userId()
            + "')");
    assertThat(master.get("/users?search=" + hanako.userId()).text())
        .contains("失効")
        .doesNotContain("あと");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a mail that did not arrive is seen in the list and at the user")
  void refusedMail() {
    Person hanako = server.newPersonOf(boss);
    server.visitor(hanako).applied();
    server.awaitCode(hanako, 1);
    String sent = "FROM mail_outbox WHERE state = 'SENT' AND recipient = '" + hanako.mail() + "'";
    await().until(() -> server.query("SELECT number " + sent).size() == 1);
    assertThat(master.get("/users?search=" + hanako.userId()).text()).doesNotContain("メール不達");

    server.update(
        "UPDATE mail_outbox SET state = 'REFUSED', reason = '550 5.1.1' WHERE number = (SELECT number "
            + sent
            + ")");

    assertThat(master.get("/users?search=" + hanako.userId()).text()).contains("メール不達");
    assertThat(master.get("/users/" + hanako.userId()).text()).contains("認証コードのお知らせ", "届きませんでした");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: removal is asked about, revokes nothing and says so, and is at once")
  void remove() {
    Person hanako = server.newPersonOf(boss);
    Browser loggedIn = server.loggedIn(hanako);
    Visitor atCode = server.visitor(hanako);
    String path = "/users/" + hanako.userId() + "/remove";
    assertThat(master.get(path).text()).contains("削除しても、電子証明書は失効しません", "お取引店", "まで有効");
    assertThat(loggedIn.get("/home").status()).isEqualTo(200);

    Reply list = follow(master, master.post(path));

    assertThat(list.text()).contains("ユーザー " + hanako.userId() + " を削除しました", "電子証明書は失効していません");
    assertThat(master.get("/users?search=" + hanako.userId()).text()).contains("0名");
    assertThat(master.get("/users/" + hanako.userId()).heading()).isEqualTo("一般ユーザーが見つかりません");
    assertThat(master.post(path).heading()).isEqualTo("一般ユーザーが見つかりません");
    assertThat(loggedIn.get("/home").location()).endsWith("/login");
    assertThat(atCode.apply().status()).isEqualTo(422);
    assertThat(server.ledger(hanako)).containsExactly("ISSUED");
    assertThat(
            server.query(
                "SELECT c.revoked_at FROM certificate c JOIN app_user u ON u.id = c.subscriber_id"
                    + " WHERE u.user_id = '"
                    + hanako.userId()
                    + "'"))
        .containsExactly("null");
    assertThat(create(master, hanako.userId(), "Inkan#2026").text()).contains("すでに使われています");
    awaitMail(hanako.mail(), "");
    assertThat(audited("USER_REMOVED")).contains(boss.userId() + " " + hanako.userId());
  }
}
