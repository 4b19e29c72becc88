package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Locks, blocks, and what is over when its time is: on a server whose clock the tests move. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LockoutTest {

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Reply apply(Person person, String password) {
    return server.browser().post("/issue", "userId", person.userId(), "password", password);
  }

  private void wrong(Person person, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(apply(person, person.wrongPassword()).status()).isEqualTo(422);
    }
  }

  private List<String> subjects(Person person) {
    return server.mails(person).stream()
        .map(mail -> mail.subject().replaceFirst("^【.*】", ""))
        .toList();
  }

  private List<String> audit(Person person, String action) {
    return server.query(
        "SELECT detail FROM audit_event WHERE actor_name = '"
            + person.userId()
            + "' AND action = '"
            + action
            + "'");
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @Tag("B9")
  @DisplayName("B7-B9: six wrong passwords lock for 60 minutes, the third lock blocks, each mailed")
  void lockAndBlock() {
    Person person = server.newPerson();

    wrong(person, 5);
    assertThat(audit(person, "USER_LOCKED")).isEmpty();
    wrong(person, 1);
    assertThat(apply(person, person.password()).status()).as("locked").isEqualTo(422);
    assertThat(audit(person, "USER_LOCKED")).hasSize(1);
    await().untilAsserted(() -> assertThat(subjects(person)).containsExactly("ユーザーロックのお知らせ"));

    server.clock().advance(Duration.ofMinutes(59));
    assertThat(apply(person, person.password()).status()).isEqualTo(422);
    server.clock().advance(Duration.ofMinutes(2));
    wrong(person, 6);
    server.clock().advance(Duration.ofMinutes(61));
    wrong(person, 6);
    await()
        .untilAsserted(
            () ->
                assertThat(subjects(person))
                    .containsExactly("ユーザー閉塞のお知らせ", "ユーザーロックのお知らせ", "ユーザーロックのお知らせ"));
    server.clock().advance(Duration.ofDays(30));
    assertThat(apply(person, person.password()).status()).as("blocked for good").isEqualTo(422);
    assertThat(audit(person, "USER_BLOCKED")).hasSize(1);
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: after the lock the right password works, and clears the count")
  void unlocked() {
    Person person = server.newPerson();
    wrong(person, 6);
    server.clock().advance(Duration.ofMinutes(61));

    assertThat(apply(person, person.password()).status()).isEqualTo(303);
    wrong(person, 5);
    assertThat(apply(person, person.password()).status()).isEqualTo(303);
  }

  /** ④ and five wrong codes at ⑤; the answer to the fifth. */
  private Reply voidACode(Visitor visitor) {
    int before = server.codes(visitor.person()).size();
    visitor.applied();
    String code = server.awaitCode(visitor.person(), before + 1);
    String wrong = code.equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 4; i++) {
      assertThat(visitor.enter(wrong).status()).isEqualTo(422);
    }
    return visitor.enter(wrong);
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @Tag("B9")
  @DisplayName(
      "B7-B9: three void codes in a row lock as six wrong passwords, told at ⑤ and by mail")
  void voidCodes() {
    Visitor visitor = server.newVisitor();
    Person person = visitor.person();
    for (int lock = 1; lock <= 3; lock++) {
      assertThat(voidACode(visitor).heading()).isEqualTo("認証コードが無効になりました");
      assertThat(voidACode(visitor).heading()).isEqualTo("認証コードが無効になりました");
      Reply third = voidACode(visitor);
      assertThat(third.status()).isEqualTo(403);
      assertThat(third.heading()).isEqualTo(lock < 3 ? "いまはご利用いただけません（ロック中）" : "ご利用いただけません（閉塞）");
      assertThat(apply(person, person.password()).status()).as("locked").isEqualTo(422);
      server.clock().advance(Duration.ofHours(25));
    }
    assertThat(apply(person, person.password()).status()).as("blocked for good").isEqualTo(422);
    assertThat(audit(person, "USER_LOCKED")).containsExactly("lock 1 by codes", "lock 2 by codes");
    assertThat(audit(person, "USER_BLOCKED")).containsExactly("lock 3 by codes");
    await()
        .untilAsserted(
            () ->
                assertThat(subjects(person))
                    .filteredOn(subject -> !subject.equals("認証コードのお知らせ"))
                    .containsExactly("ユーザー閉塞のお知らせ", "ユーザーロックのお知らせ", "ユーザーロックのお知らせ"));
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: a right code ends the row of void ones")
  void rightCodeAmongVoidOnes() {
    Visitor visitor = server.newVisitor();
    assertThat(voidACode(visitor).heading()).isEqualTo("認証コードが無効になりました");
    assertThat(voidACode(visitor).heading()).isEqualTo("認証コードが無効になりました");
    visitor.confirmed();

    assertThat(voidACode(visitor).heading()).isEqualTo("認証コードが無効になりました");
    assertThat(audit(visitor.person(), "USER_LOCKED")).isEmpty();
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: unknown, wrong, locked and blocked are told the same")
  void sameAnswer() {
    Person wrong = server.newPerson();
    Person locked = server.newPerson();
    Person blocked = server.newPerson();
    wrong(locked, 6);
    server.update("UPDATE app_user SET blocked = TRUE WHERE user_id = '" + blocked.userId() + "'");
    Reply known = apply(wrong, wrong.wrongPassword());

    for (Reply reply :
        List.of(
            apply(new Person("nobody" + "001", "x", "x"), wrong.password()),
            apply(locked, locked.password()),
            apply(locked, locked.wrongPassword()),
            apply(blocked, blocked.password()),
            apply(blocked, blocked.wrongPassword()))) {
      assertThat(reply.status()).isEqualTo(known.status());
      assertThat(withoutId(reply)).isEqualTo(withoutId(known));
      assertThat(reply.octets()).hasSameSizeAs(known.octets());
      assertThat(reply.response().headers().map().keySet())
          .isEqualTo(known.response().headers().map().keySet());
    }
    assertThat(known.text()).contains("ユーザーIDまたはパスワードを確認できませんでした");
  }

  private static String withoutId(Reply reply) {
    return reply.stable().replaceAll("id=\"userId\" name=\"userId\" value=\"[^\"]*\"", "");
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a code is good for 30 minutes; the flow starts again after that")
  void lateCode() {
    Visitor inTime = server.newVisitor().applied();
    Visitor late = server.newVisitor().applied();
    String code = server.awaitCode(inTime.person(), 1);
    String lateCode = server.awaitCode(late.person(), 1);

    server.clock().advance(Duration.ofMinutes(29));
    assertThat(inTime.enter(code).location()).endsWith("/issue/confirm");
    late.browser().get("/issue/code");
    server.clock().advance(Duration.ofMinutes(2));
    Reply reply = late.enter(lateCode);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("認証コードの有効期限が切れました");
    assertThat(late.browser().get("/issue/code").heading()).isEqualTo("認証コードの有効期限が切れました");
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: after a minute the same code is mailed again, and ends when it ended before")
  void resend() {
    Visitor visitor = server.newVisitor().applied();
    String code = server.awaitCode(visitor.person(), 1);
    String ends = ends(visitor);
    server.clock().advance(Duration.ofSeconds(61));

    Reply reply = visitor.browser().post("/issue/code", "resend", "1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("認証コードを再送信しました");
    assertThat(server.awaitCode(visitor.person(), 2)).isEqualTo(code);
    assertThat(ends(visitor)).isEqualTo(ends);
    assertThat(visitor.enter(code).location()).endsWith("/issue/confirm");
  }

  private String ends(Visitor visitor) {
    return server
        .query(
            "SELECT a.code_expires_at FROM certificate_application a JOIN app_user u"
                + " ON a.subscriber_id = u.id WHERE u.user_id = '"
                + visitor.person().userId()
                + "'")
        .get(0);
  }

  @Test
  @DisplayName("A session that was left alone ends in the middle of the flow, and says so")
  void expiredSession() {
    Visitor visitor = server.newVisitor().confirmed();
    server.clock().advance(Duration.ofMinutes(16));
    Browser browser = visitor.browser();

    Reply shown = browser.get("/issue/confirm");
    Reply sent = visitor.issue();

    assertThat(List.of(shown.status(), sent.status())).containsOnly(403);
    assertThat(sent.heading()).isEqualTo("時間がたったため、終了しました");
    assertThat(server.ledger(visitor.person())).isEmpty();
  }

  @Test
  @DisplayName("A session that is used lives on")
  void usedSession() {
    Visitor visitor = server.newVisitor().confirmed();
    for (int i = 0; i < 4; i++) {
      server.clock().advance(Duration.ofMinutes(14));
      assertThat(visitor.browser().get("/issue/confirm").status()).isEqualTo(200);
    }
  }
}
