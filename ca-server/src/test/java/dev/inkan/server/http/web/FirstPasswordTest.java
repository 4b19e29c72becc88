package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The issue flow of a user whose password somebody else set. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("C5")
final class FirstPasswordTest {

  private static final Duration A_MONTH = Duration.ofDays(30);
  private static final String OWN = "Hanako+77";

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Visitor newVisitor() {
    return server.visitor(server.newPersonWithInitialPassword(A_MONTH));
  }

  @Test
  @Tag("A10")
  @DisplayName("C5: the password is changed before ⑥, and the file opens with the new one alone")
  void wholeFlow() throws Exception {
    Visitor visitor = newVisitor().passwordDue();
    Person person = visitor.person();
    assertThat(sealedPasswords(person)).containsExactly("null");
    Reply screen = visitor.browser().get("/issue/password");
    assertThat(screen.status()).isEqualTo(200);
    assertThat(screen.heading()).isEqualTo("電子証明書発行 パスワードの変更");

    Reply chosen = visitor.choose(OWN);

    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.location()).endsWith("/issue/confirm");
    assertThat(visitor.browser().get("/issue/confirm").status()).isEqualTo(200);
    visitor.issue();
    visitor.awaitResult();
    byte[] pfx = visitor.download().octets();
    assertThat(IssueFlowTest.certificate(pfx, OWN)).isNotNull();
    assertThatThrownBy(() -> IssueFlowTest.certificate(pfx, person.password()))
        .isInstanceOf(IOException.class);
    assertThat(initialUntil(person)).containsExactly("null");
    assertThat(actions(person)).contains("PASSWORD_CHANGED");
    await().until(() -> mailTopics(person).contains("パスワード変更のお知らせ"));

    Browser browser = server.browser(pfx, OWN);
    assertThat(logIn(browser, person).status()).as("the initial one is dead").isEqualTo(422);
    assertThat(logIn(browser, person.with(OWN)).location()).endsWith("/home");
    assertThat(browser.get("/home").status()).isEqualTo(200);
  }

  private List<String> mailTopics(Person person) {
    return server.mails(person).stream()
        .map(mail -> mail.subject().replaceFirst(".*】", ""))
        .toList();
  }

  private static Reply logIn(Browser browser, Person person) {
    return browser.post("/login", "userId", person.userId(), "password", person.password());
  }

  private List<String> initialUntil(Person person) {
    return server.query(
        "SELECT initial_until FROM app_user WHERE user_id = '" + person.userId() + "'");
  }

  private List<String> sealedPasswords(Person person) {
    return ofApplications("sealed_password", person);
  }

  private List<String> ofApplications(String column, Person person) {
    return server.query(
        "SELECT a."
            + column
            + " FROM certificate_application a JOIN app_user u ON a.subscriber_id = u.id"
            + " WHERE u.user_id = '"
            + person.userId()
            + "' ORDER BY a.created_at");
  }

  private List<String> actions(Person person) {
    return server.query(
        "SELECT e.action FROM audit_event e JOIN app_user u ON e.subscriber_id = u.id"
            + " WHERE u.user_id = '"
            + person.userId()
            + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''           | ''            | パスワードを入力してください
          short#1A     | ''            | 確認のため
          Hanako+77    | Hanako+78     | 新しいパスワードと一致していません
          Hanako77     | Hanako77      | 記号の4種すべて
          H+7a         | H+7a          | 8～12桁
          Hanako+777777| Hanako+777777 | 8～12桁
          Ｈanako+77   | Ｈanako+77    | 半角
          """)
  @DisplayName("C5, B5: what is no password, or not the same twice, changes nothing")
  void malformed(String password, String again, String problem) {
    Visitor visitor = newVisitor().passwordDue();

    Reply reply =
        visitor.browser().post("/issue/password", "password", password, "passwordConfirm", again);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains(problem).doesNotContain("Hanako");
    assertThat(server.applications(visitor.person())).containsExactly("PASSWORD_DUE");
    assertThat(initialUntil(visitor.person())).doesNotContain("null");
  }

  @Test
  @DisplayName("C5: the initial password is not taken for the new one")
  void unchanged() {
    Visitor visitor = newVisitor().passwordDue();

    Reply reply = visitor.choose(visitor.person().password());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("これまでのパスワードと同じです");
    assertThat(server.applications(visitor.person())).containsExactly("PASSWORD_DUE");
  }

  @Test
  @DisplayName("C5: there is no way past: neither ⑥ nor ⑦ nor the file, by address or by form")
  void noWayPast() {
    Visitor visitor = newVisitor().passwordDue();
    Browser browser = visitor.browser();

    assertThat(browser.get("/issue/confirm").location()).endsWith("/issue/password");
    assertThat(visitor.issue().location()).endsWith("/issue/password");
    assertThat(browser.get("/issue/progress").location()).endsWith("/issue/password");
    assertThat(browser.get("/issue/result").location()).endsWith("/issue/progress");
    assertThat(visitor.download().location()).endsWith("/issue/progress");
    assertThat(browser.get("/issue/code").location()).endsWith("/issue/confirm");
    assertThat(visitor.enter("123456").heading()).isEqualTo("この認証コードは使用済みです");
    assertThat(server.applications(visitor.person())).containsExactly("PASSWORD_DUE");
    assertThat(server.ledger(visitor.person())).isEmpty();
    assertThat(browser.get("/issue/password").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("C5: the screen before its time and after leads where the visitor is")
  void directVisits() {
    Visitor visitor = newVisitor().applied();
    Browser browser = visitor.browser();
    assertThat(browser.get("/issue/password").location()).endsWith("/issue/code");
    assertThat(visitor.choose(OWN).location()).endsWith("/issue/code");

    visitor.enter(server.awaitCode(visitor.person(), 1));
    visitor.choose(OWN);

    assertThat(browser.get("/issue/password").location()).endsWith("/issue/confirm");
    assertThat(visitor.choose("Jiro-8888").location()).endsWith("/issue/confirm");
    visitor.issue();
    visitor.awaitResult();
    assertThat(browser.get("/issue/password").location()).endsWith("/issue/confirm");
    assertThat(visitor.choose("Jiro-8888").location()).endsWith("/issue/confirm");
    assertThat(actions(visitor.person())).containsOnlyOnce("PASSWORD_CHANGED");
    assertThat(server.browser().get("/issue/password").status()).isEqualTo(403);
    assertThat(server.browser().post("/issue/password", "password", OWN).status()).isEqualTo(403);
  }

  @Test
  @Tag("S2")
  @DisplayName("S2: ⑤ and the new password give a new token each, and the old ones are dead")
  void tokens() {
    Visitor visitor = newVisitor().applied();
    List<String> tokens = new ArrayList<>(List.of(visitor.browser().token()));
    visitor.enter(server.awaitCode(visitor.person(), 1));
    tokens.add(visitor.browser().token());
    visitor.choose(OWN);
    tokens.add(visitor.browser().token());

    assertThat(tokens).doesNotHaveDuplicates();
    for (String old : tokens.subList(0, 2)) {
      assertThat(server.browser().token(old).get("/issue/confirm").status()).isEqualTo(403);
    }
    assertThat(server.browser().token(tokens.get(2)).get("/issue/confirm").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("C5: キャンセル leads to ③, changes no password, and the flow starts again at ④")
  void cancel() {
    Visitor visitor = newVisitor().passwordDue();

    Reply reply = visitor.browser().post("/issue/password", "cancel", "1");

    assertThat(reply.location()).endsWith("/");
    assertThat(server.applications(visitor.person())).containsExactly("CANCELLED");
    assertThat(visitor.browser().get("/issue/password").status()).isEqualTo(403);
    assertThat(initialUntil(visitor.person())).doesNotContain("null");
    assertThat(server.visitor(visitor.person()).passwordDue().choose(OWN).status()).isEqualTo(303);
  }

  @Test
  @DisplayName("C5: double submit, and two tabs at once: one password, one mail, one certificate")
  void twoTabs() throws Exception {
    Visitor visitor = newVisitor().passwordDue();
    Person person = visitor.person();
    String token = visitor.browser().token();
    List<Callable<Reply>> tabs =
        List.of(
            () -> new Visitor(server, person, server.browser().token(token)).choose("Tab-one-1"),
            () -> new Visitor(server, person, server.browser().token(token)).choose("Tab-two-2"));

    List<Reply> replies = atOnce(tabs);

    assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(303, 403);
    String winner = replies.get(0).status() == 303 ? "Tab-one-1" : "Tab-two-2";
    String loser = winner.equals("Tab-one-1") ? "Tab-two-2" : "Tab-one-1";
    assertThat(actions(person)).containsOnlyOnce("PASSWORD_CHANGED");
    assertThat(server.applications(person)).containsExactly("CONFIRMED");
    assertThat(server.visitor(person.with(loser)).apply().status()).isEqualTo(422);
    assertThat(server.visitor(person.with(winner)).apply().location()).endsWith("/issue/code");
    await().until(() -> mailTopics(person).contains("パスワード変更のお知らせ"));
    assertThat(mailTopics(person)).containsOnlyOnce("パスワード変更のお知らせ");
  }

  static List<Reply> atOnce(List<Callable<Reply>> acts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(acts.size());
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Reply>> running = new ArrayList<>();
      for (Callable<Reply> act : acts) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return act.call();
                }));
      }
      start.countDown();
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> one : running) {
        replies.add(one.get());
      }
      return replies;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("C5: two browsers with one initial password: who chooses first ends the other")
  void twoBrowsers() {
    Person person = server.newPersonWithInitialPassword(A_MONTH);
    Visitor one = server.visitor(person).passwordDue();
    Visitor other = server.visitor(person).passwordDue();

    assertThat(one.choose(OWN).status()).isEqualTo(303);

    assertThat(other.choose("Jiro-8888").status()).isEqualTo(403);
    assertThat(other.browser().get("/issue/confirm").status()).isEqualTo(403);
    assertThat(server.visitor(person.with(OWN)).apply().location()).endsWith("/issue/code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"general", "master"})
  @DisplayName("C5: past its end the right initial password is told so, and whom to ask")
  void over(String role) {
    Person person = server.newPersonWithInitialPassword(Duration.ofSeconds(-1));
    if (role.equals("master")) {
      server.update(
          "UPDATE app_user SET role = 'MASTER', master_of = organisation_number WHERE user_id = '"
              + person.userId()
              + "'");
    }
    Browser browser = server.browser();
    String[] wrong = {"userId", person.userId(), "password", person.wrongPassword()};

    Reply told = server.visitor(person).apply();
    Reply stranger = browser.post("/issue", wrong);

    assertThat(told.status()).isEqualTo(403);
    assertThat(told.heading()).isEqualTo("初期パスワードの有効期限が切れました");
    assertThat(told.text())
        .contains(role.equals("master") ? "書面によるログインID・パスワード初期化" : "マスターユーザーに、パスワードの初期化を依頼");
    assertThat(stranger.status()).isEqualTo(422);
    assertThat(stranger.text()).contains("ユーザーIDまたはパスワードを確認できませんでした").doesNotContain("初期パスワード");
    assertThat(server.applications(person)).isEmpty();
    assertThat(server.codes(person)).isEmpty();
    if (role.equals("master")) {
      server.update(
          "UPDATE app_user SET role = 'GENERAL', master_of = NULL WHERE user_id = '"
              + person.userId()
              + "'");
    }
  }

  @Test
  @DisplayName("C5, B7: an initial password past its end locks nobody, and opens nobody's lock")
  void overCountsAsNothing() {
    Person person = server.newPersonWithInitialPassword(Duration.ofSeconds(-1));
    for (int i = 0; i < 7; i++) {
      assertThat(server.visitor(person).apply().status()).isEqualTo(403);
    }
    assertThat(lock(person)).containsExactly("0/0");
  }

  private List<String> lock(Person person) {
    return server.query(
        "SELECT failures || '/' || locks FROM app_user WHERE user_id = '" + person.userId() + "'");
  }

  @Test
  @DisplayName("C5: an initial password that ends between ⑤ and the new one is over, too")
  void overMeanwhile() {
    Visitor visitor = newVisitor().passwordDue();
    server.update(
        "UPDATE app_user SET initial_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"
            + " WHERE user_id = '"
            + visitor.person().userId()
            + "'");

    Reply reply = visitor.choose(OWN);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("初期パスワードの有効期限が切れました");
    assertThat(server.visitor(visitor.person().with(OWN)).apply().status()).isEqualTo(422);
  }
}
