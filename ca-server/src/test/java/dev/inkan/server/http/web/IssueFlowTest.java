package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IssueFlowTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日");

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
  @Tag("B2")
  @DisplayName("B2: the menu has its four buttons, and the last two lead to ④")
  void menu() {
    Reply menu = server.browser().get("/");

    assertThat(menu.status()).isEqualTo(200);
    assertThat(menu.text())
        .contains("ログイン", "マスターユーザーの初期登録", "一般ユーザーの初期登録", "電子証明書発行")
        .contains("href=\"/login\"", "href=\"/register\"");
    assertThat(menu.text().split("href=\"/issue\"", -1)).hasSize(3);
  }

  @Test
  @Tag("B3")
  @Tag("B12")
  @Tag("B14")
  @Tag("B15")
  @Tag("B16")
  @Tag("A1")
  @Tag("A10")
  @Tag("A11")
  @DisplayName("④ to ⑧: password, code, certificate, file")
  void wholeFlow() throws Exception {
    Visitor visitor = server.newVisitor();
    Person person = visitor.person();

    assertThat(visitor.browser().get("/issue").text())
        .contains("ユーザーID", "パスワード", "キャンセル", "ソフトウェアキーボード", "認証");
    visitor.applied();
    Reply code = visitor.browser().get("/issue/code");
    assertThat(code.text()).contains("y***@mihon.example").doesNotContain(person.mail());
    visitor.enter(server.awaitCode(person, 1));
    LocalDate today = LocalDate.now(TOKYO);
    assertThat(visitor.browser().get("/issue/confirm").text())
        .contains(person.userId(), "みほん教職員組合", DATE.format(today.plusDays(365)));
    Reply progress = visitor.issue();
    assertThat(progress.status()).isEqualTo(303);
    assertThat(progress.location()).endsWith("/issue/progress");
    Reply result = visitor.awaitResult();
    assertThat(result.text()).contains("発行されました", "この画面を閉じないでください", "閉じる");

    Reply file = visitor.download();
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type")).isEqualTo("application/x-pkcs12");
    assertThat(file.header("Content-Disposition"))
        .matches("attachment; filename=\"" + person.userId() + "\\d{14}\\.p12\"");
    X509Certificate certificate = certificate(file.octets(), person.password());
    Instant ends = certificate.getNotAfter().toInstant();
    assertThat(ends)
        .isEqualTo(
            ZonedDateTime.of(today.plusDays(365), LocalTime.of(23, 59, 59), TOKYO).toInstant());
    assertThat(server.ledger(person)).containsExactly("ISSUED");
    assertThat(
            server.query(
                "SELECT COUNT(*) FROM certificate_application WHERE delivered_at IS NULL AND file_name LIKE '"
                    + person.userId()
                    + "%'"))
        .containsExactly("0");
  }

  static X509Certificate certificate(byte[] pfx, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pfx), password.toCharArray());
    String alias = store.aliases().nextElement();
    return (X509Certificate) store.getCertificate(alias);
  }

  @Test
  @Tag("B11")
  @DisplayName("B11: who holds a valid certificate is told when renewal opens, and of lost PCs")
  void tooEarly() {
    Visitor visitor = server.newVisitor().issued();

    Reply reply = visitor.apply();

    assertThat(reply.status()).isEqualTo(403);
    LocalDate lastDay = LocalDate.now(TOKYO).plusDays(365);
    assertThat(reply.text())
        .contains("更新は" + DATE.format(lastDay.minusDays(30)) + "からできます")
        .contains("紛失", "お取引店");
    assertThat(server.codes(visitor.person())).hasSize(1);
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a wrong code costs a try, the fifth voids it, and the right one is too late")
  void wrongCodes() {
    Visitor visitor = server.newVisitor().applied();
    String right = server.awaitCode(visitor.person(), 1);
    String wrong = other(right);

    for (int left = 4; left > 0; left--) {
      Reply reply = visitor.enter(wrong);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("認証コードが違います", "あと" + left + "回入力できます");
    }
    Reply fifth = visitor.enter(wrong);
    assertThat(fifth.status()).isEqualTo(403);
    assertThat(fifth.heading()).isEqualTo("認証コードが無効になりました");
    Reply sixth = visitor.enter(right);
    assertThat(sixth.status()).isEqualTo(403);
    assertThat(server.applications(visitor.person())).containsExactly("CODE_VOID");
    assertThat(
            server.query(
                "SELECT COUNT(*) FROM certificate_application WHERE state = 'CODE_VOID' AND sealed_password IS NOT NULL"))
        .containsExactly("0");
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12345", "1234567", "１２３４５６", "12 456", "12345a", "٠١٢٣٤٥", "123456\u0000"})
  @Tag("B12")
  @DisplayName("B12: what is no code costs no try")
  void malformedCode(String typed) {
    Visitor visitor = server.newVisitor().applied();

    Reply reply = visitor.enter(typed);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.heading()).isEqualTo("電子証明書発行 認証コード入力");
    assertThat(tries(visitor.person())).containsExactly("0");
  }

  private List<String> tries(Person person) {
    return server.query(
        "SELECT a.code_tries FROM certificate_application a JOIN app_user u"
            + " ON a.subscriber_id = u.id WHERE u.user_id = '"
            + person.userId()
            + "'");
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a pasted code may have spaces around it")
  void pastedCode() {
    Visitor visitor = server.newVisitor().applied();

    Reply reply = visitor.enter(" " + server.awaitCode(visitor.person(), 1) + "\r\n");

    assertThat(reply.location()).endsWith("/issue/confirm");
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a code counts once; the old session is over with it")
  void reusedCode() {
    Visitor visitor = server.newVisitor().applied();
    String before = visitor.browser().token();
    String code = server.awaitCode(visitor.person(), 1);
    visitor.enter(code);

    Reply again = visitor.enter(code);
    Reply old = server.browser().token(before).post("/issue/code", "code", code);

    assertThat(again.status()).isEqualTo(403);
    assertThat(again.heading()).isEqualTo("この認証コードは使用済みです");
    assertThat(old.status()).isEqualTo(403);
    assertThat(server.applications(visitor.person())).containsExactly("CONFIRMED");
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: asking again within a minute sends nothing and says when it opens")
  void resendTooSoon() {
    Visitor visitor = server.newVisitor().applied();
    server.awaitCode(visitor.person(), 1);

    Reply reply = visitor.browser().post("/issue/code", "resend", "1");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("認証コードの再送信は、");
    assertThat(
            server.query(
                "SELECT COUNT(*) FROM mail_outbox WHERE recipient = '"
                    + visitor.person().mail()
                    + "'"))
        .containsExactly("1");
  }

  @Test
  @DisplayName("A user may have five codes a day")
  void codesPerDay() {
    Person person = server.newPerson();
    for (int i = 0; i < 5; i++) {
      server.visitor(person).applied();
    }

    Reply sixth = server.visitor(person).apply();

    assertThat(sixth.status()).isEqualTo(403);
    assertThat(sixth.heading()).isEqualTo("今日はこれ以上、認証コードを送信できません");
  }

  @Test
  @Tag("B14")
  @DisplayName("⑥: a double click, twenty at once and a reload make one certificate")
  void manyClicks() throws Exception {
    Visitor visitor = server.newVisitor().confirmed();

    List<Reply> replies = atOnce(20, visitor::issue);
    Reply again = visitor.issue();

    assertThat(replies).extracting(Reply::status).containsOnly(303);
    assertThat(replies).extracting(Reply::location).allMatch(to -> to.endsWith("/issue/progress"));
    assertThat(again.location()).endsWith("/issue/progress");
    assertThat(visitor.awaitResult().status()).isEqualTo(200);
    assertThat(server.ledger(visitor.person())).containsExactly("ISSUED");
  }

  private static <T> List<T> atOnce(int count, java.util.concurrent.Callable<T> act)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return act.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Tag("A8")
  @DisplayName("A8: two applications of one user in two browsers make one certificate")
  void twoBrowsers() throws Exception {
    Person person = server.newPerson();
    Visitor one = server.visitor(person).confirmed();
    Visitor other = server.visitor(person).confirmed();

    one.issue();
    other.issue();
    List<Integer> statuses = List.of(one.awaitResult().status(), other.awaitResult().status());

    assertThat(statuses).containsExactlyInAnyOrder(200, 403);
    assertThat(server.ledger(person)).containsExactly("ISSUED");
    assertThat(server.applications(person)).containsExactlyInAnyOrder("ISSUED", "FAILED");
  }

  @Test
  @Tag("B17")
  @DisplayName("B17: the file can be fetched again by this browser, by no other")
  void fetchedAgain() {
    Visitor visitor = server.newVisitor().issued();

    byte[] first = visitor.download().octets();
    byte[] second = visitor.download().octets();
    Reply stranger = server.browser().get("/issue/result/certificate.p12");

    assertThat(second).isEqualTo(first);
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(visitor.browser().get("/issue/result").status()).isEqualTo(200);
    assertThat(audited(visitor, "FILE_DELIVERED")).as("D4").containsExactly("", "again");
  }

  private List<String> audited(Visitor visitor, String action) {
    return server.query(
        "SELECT detail FROM audit_event WHERE action = '"
            + action
            + "' AND actor_name = '"
            + visitor.person().userId()
            + "' ORDER BY number");
  }

  @Test
  @DisplayName("Back button: after ⑤ and ⑧ the earlier screens lead forward")
  void backButton() {
    Visitor visitor = server.newVisitor().confirmed();
    assertThat(visitor.browser().get("/issue/code").location()).endsWith("/issue/confirm");
    assertThat(visitor.browser().get("/issue/progress").location()).endsWith("/issue/confirm");
    assertThat(visitor.browser().get("/issue/result").location()).endsWith("/issue/progress");
    assertThat(visitor.browser().get("/issue/result/certificate.p12").location())
        .endsWith("/issue/progress");

    visitor.issue();
    visitor.awaitResult();

    assertThat(visitor.browser().get("/issue/code").location()).endsWith("/issue/confirm");
    assertThat(visitor.browser().get("/issue/confirm").location()).endsWith("/issue/progress");
    assertThat(visitor.browser().get("/issue/progress").location()).endsWith("/issue/result");
  }

  @Test
  @Tag("B14")
  @DisplayName("キャンセル at ⑤ and ⑥ erases the sealed password and ends the session")
  void cancel() {
    Visitor atCode = server.newVisitor().applied();
    String codeToken = atCode.browser().token();
    Visitor atConfirm = server.newVisitor().confirmed();

    assertThat(atCode.browser().post("/issue/code", "cancel", "1").location()).endsWith("/issue");
    assertThat(atConfirm.browser().post("/issue/confirm", "cancel", "1").location()).endsWith("/");

    for (Visitor visitor : List.of(atCode, atConfirm)) {
      assertThat(server.applications(visitor.person())).containsExactly("CANCELLED");
      assertThat(audited(visitor, "APPLICATION_CANCELLED")).as("D4").hasSize(1);
      assertThat(visitor.browser().get("/issue/confirm").status()).isEqualTo(403);
    }
    assertThat(
            server.query(
                "SELECT COUNT(*) FROM certificate_application WHERE state = 'CANCELLED' AND sealed_password IS NOT NULL"))
        .containsExactly("0");
    assertThat(server.browser().token(codeToken).get("/issue/code").status()).isEqualTo(403);
  }

  @Test
  @Tag("S2")
  @DisplayName("④ and ⑤ give the browser a new token each, and the old one is dead on the server")
  void newTokenAtEachStep() {
    Visitor visitor = server.newVisitor();
    visitor.browser().get("/issue");
    String stranger = visitor.browser().token();
    String applied = visitor.applied().browser().token();
    visitor.enter(server.awaitCode(visitor.person(), 1));
    String confirmed = visitor.browser().token();

    assertThat(List.of(stranger, applied, confirmed)).doesNotHaveDuplicates();
    for (String old : List.of(stranger, applied)) {
      Reply reply = server.browser().token(old).get("/issue/confirm");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.heading()).isEqualTo("時間がたったため、終了しました");
    }
    assertThat(server.browser().token(confirmed).get("/issue/confirm").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/issue/code",
        "/issue/confirm",
        "/issue/progress",
        "/issue/result",
        "/issue/result/certificate.p12"
      })
  @DisplayName("Who comes without a session is told to start at ④")
  void withoutSession(String path) {
    Browser browser = server.browser();

    Reply reply = browser.get(path);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("時間がたったため、終了しました");
    assertThat(reply.text()).contains("href=\"/issue\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/issue/code", "/issue/confirm"})
  @DisplayName("Nor does a form without a session do anything")
  void formWithoutSession(String path) {
    assertThat(server.browser().post(path, "code", "123456").status()).isEqualTo(403);
    assertThat(server.browser().post(path, "resend", "1").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("⑥ before ⑤ leads back to ⑤")
  void confirmBeforeCode() {
    Visitor visitor = server.newVisitor().applied();

    assertThat(visitor.issue().location()).endsWith("/issue/code");
    assertThat(visitor.browser().get("/issue/confirm").location()).endsWith("/issue/code");
    assertThat(server.ledger(visitor.person())).isEmpty();
  }
}
