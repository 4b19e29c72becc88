package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.BankCalendar;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import dev.inkan.server.demo.CapturedMail;
import dev.inkan.server.http.web.view.JapaneseDates;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A certificate's year through HTTP: the window to the second, expiry, renewal by certificate. Each
 * test begins at noon of the same day, with people of its own; the clock stands still.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CalendarTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final IssuancePolicy POLICY = IssuancePolicy.bank(TOKYO);
  private static final BankCalendar CALENDAR = POLICY.calendar();
  private static final JapaneseDates DATES = new JapaneseDates(TOKYO);

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void noon() {
    stopAtNoon(server);
  }

  /** After the authority began, and before it ends: ten years are soon used up. */
  private static void stopAtNoon(TestServer on) {
    LocalDate day = CALENDAR.dayOf(Clock.systemUTC().instant()).plusDays(2);
    on.clock().stopAt(day.atTime(12, 0).atZone(TOKYO).toInstant());
  }

  /** Somebody with the certificate they were issued at the moment. */
  private record Holder(TestServer server, Person person, Reply file, Validity validity) {

    static Holder on(TestServer server) {
      return of(server.newVisitor());
    }

    static Holder of(Visitor visitor) {
      TestServer server = visitor.server();
      Validity validity = POLICY.validityFrom(server.clock().instant());
      Reply file = visitor.issued().download();
      return new Holder(server, visitor.person(), file, validity);
    }

    Browser browser() {
      return server.browser(file.octets(), person.password());
    }

    Reply logIn(Browser browser) {
      return browser.post("/login", "userId", person.userId(), "password", person.password());
    }

    Browser loggedIn() {
      Browser browser = browser();
      Reply reply = logIn(browser);
      assertThat(reply.location()).as(reply.heading()).endsWith("/home");
      return browser;
    }

    Reply renew(Browser browser) {
      return browser.post("/home/renew", "password", person.password());
    }

    /** From the home page to the file, with the password alone. */
    Holder renewed(Browser browser) {
      Reply reply = renew(browser);
      assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
      assertThat(reply.location()).endsWith("/issue/confirm");
      Visitor visitor = new Visitor(server, person, browser);
      assertThat(browser.get("/issue/confirm").status()).isEqualTo(200);
      assertThat(visitor.issue().status()).isEqualTo(303);
      assertThat(visitor.awaitResult().status()).isEqualTo(200);
      return new Holder(
          server, person, visitor.download(), POLICY.validityFrom(server.clock().instant()));
    }

    String lastDay() {
      return DATES.date(validity.notAfter());
    }

    Instant opens() {
      return POLICY.renewalOpens(validity);
    }

    String opensOn() {
      return DATES.date(opens());
    }

    /** The mails so far whose subject holds {@code topic}. */
    List<CapturedMail> mails(String topic) {
      return server.mails(person).stream().filter(mail -> mail.subject().contains(topic)).toList();
    }

    void awaitMails(String topic, int count) {
      await().atMost(Duration.ofSeconds(40)).until(() -> mails(topic).size() >= count);
      assertThat(mails(topic)).hasSize(count);
    }

    /** Mails hand over in seconds; a clock that jumps days would give them up. */
    void awaitQueueEmpty() {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () ->
                  server.query("SELECT number FROM mail_outbox WHERE state = 'QUEUED'").isEmpty());
    }
  }

  private static final String EXPIRING = "有効期限のお知らせ";
  private static final String EXPIRED = "有効期限切れのお知らせ";

  @Test
  @Tag("A3")
  @Tag("A4")
  @Tag("C7")
  @DisplayName("A3, A4, C7: refused with the date until 23:59:59 of the day before, open at 00:00")
  void windowToTheSecond() {
    Holder hanako = Holder.on(server);
    hanako.awaitQueueEmpty();
    server.clock().stopAt(hanako.opens().minusSeconds(1));
    server.runJob("calendar-notices");
    Browser browser = hanako.loggedIn();

    Reply atIssue = server.visitor(hanako.person()).apply();
    assertThat(atIssue.status()).isEqualTo(403);
    assertThat(atIssue.heading()).isEqualTo("電子証明書は発行済みです");
    assertThat(atIssue.text()).contains(hanako.lastDay(), hanako.opensOn() + "から");
    assertThat(browser.get("/home").text())
        .contains("days-number\">31</strong>", hanako.opensOn() + "からできます")
        .doesNotContain("/home/renew");
    for (Reply refused : List.of(browser.get("/home/renew"), hanako.renew(browser))) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.heading()).isEqualTo("まだ更新できません");
      assertThat(refused.text()).contains(hanako.opensOn() + "から", hanako.lastDay());
    }
    assertThat(server.applications(hanako.person())).containsExactly("ISSUED");

    server.clock().stopAt(hanako.opens());
    server.runJob("calendar-notices");
    server.runJob("calendar-notices");

    assertThat(browser.get("/home").text())
        .contains("days-number\">30</strong>", "href=\"/home/renew\">電子証明書を更新</a>");
    assertThat(browser.get("/home/renew").status()).isEqualTo(200);
    assertThat(server.visitor(hanako.person()).apply().location()).endsWith("/issue/code");
    hanako.awaitMails(EXPIRING, 1);
    hanako.awaitQueueEmpty();
  }

  @Test
  @Tag("A2")
  @Tag("A4")
  @Tag("A5")
  @DisplayName("A2, A4, A5: good to the last second, then told so, and issued anew with no bank")
  void expiry() {
    Holder hanako = Holder.on(server);
    hanako.awaitQueueEmpty();
    server.clock().stopAt(hanako.validity().notAfter());
    assertThat(hanako.loggedIn().get("/home").text()).contains("days-number\">0</strong>");

    server.clock().stopAt(hanako.validity().end());
    server.runJob("calendar-notices");
    Reply late = hanako.logIn(hanako.browser());
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.heading()).isEqualTo("電子証明書の有効期限が切れています");
    hanako.awaitMails(EXPIRED, 1);
    assertThat(hanako.mails(EXPIRING)).as("too late for it").isEmpty();

    Holder again = Holder.of(server.visitor(hanako.person()));
    assertThat(again.loggedIn().get("/home").text()).contains(again.lastDay());
    server.runJob("calendar-notices");
    again.awaitQueueEmpty();
    assertThat(hanako.mails(EXPIRED)).hasSize(1);
  }

  @Test
  @Tag("A7")
  @Tag("C7")
  @DisplayName("A7, C7: renewed from home with the password alone; then both log in until one ends")
  void bothLogIn() {
    Holder old = Holder.on(server);
    old.awaitQueueEmpty();
    int codes = server.codes(old.person()).size();
    server.clock().stopAt(old.opens().plusSeconds(600));
    Browser browser = old.loggedIn();

    Holder renewed = old.renewed(browser);

    assertThat(server.codes(old.person())).as("no code was mailed").hasSize(codes);
    assertThat(browser.get("/home").text())
        .as("the log-in went on through ⑥ to ⑧")
        .contains("新しい電子証明書が発行されています", renewed.lastDay() + "まで有効）", "使用中", "未選択")
        .doesNotContain("/home/renew");
    Reply twice = browser.get("/home/renew");
    assertThat(twice.heading()).isEqualTo("更新は済んでいます");
    assertThat(twice.text()).contains(renewed.lastDay(), renewed.opensOn());
    assertThat(old.loggedIn().get("/home").status()).isEqualTo(200);
    assertThat(renewed.loggedIn().get("/home").text())
        .contains(
            "days-number\">" + CALENDAR.daysLeft(renewed.validity(), server.clock().instant()))
        .contains(renewed.opensOn() + "からできます");
    assertThat(renewed.loggedIn().get("/home/renew").heading()).isEqualTo("まだ更新できません");
    assertThat(audited(old.person(), "RENEWAL_BEGUN")).isEqualTo(1);

    old.awaitQueueEmpty();
    server.clock().stopAt(old.validity().end());
    server.runJob("calendar-notices");
    assertThat(old.logIn(old.browser()).heading()).isEqualTo("電子証明書の有効期限が切れています");
    assertThat(renewed.loggedIn().get("/home").text()).doesNotContain("未選択");
    old.awaitQueueEmpty();
    assertThat(old.mails(EXPIRED)).isEmpty();
  }

  @Test
  @Tag("A8")
  @DisplayName("A8: a clock that steps back an hour after renewal gives nobody a third certificate")
  void clockStepsBack() {
    Holder old = Holder.on(server);
    old.awaitQueueEmpty();
    Instant renewedAt = old.opens().plusSeconds(600);
    server.clock().stopAt(renewedAt);
    server.runJob("calendar-notices");
    old.awaitMails(EXPIRING, 1);
    old.renewed(old.loggedIn());
    old.awaitQueueEmpty();

    server.clock().stopAt(renewedAt.minus(Duration.ofHours(1)));
    server.runJob("calendar-notices");
    Browser browser = old.loggedIn();

    assertThat(browser.get("/home/renew").heading()).isEqualTo("更新は済んでいます");
    assertThat(server.visitor(old.person()).apply().heading()).isEqualTo("電子証明書は発行済みです");
    assertThat(server.ledger(old.person())).containsExactly("ISSUED", "ISSUED");
    server.clock().stopAt(renewedAt.plus(Duration.ofHours(1)));
    server.runJob("calendar-notices");
    old.awaitQueueEmpty();
    assertThat(old.mails(EXPIRING)).hasSize(1);
  }

  @Test
  @Tag("A1")
  @Tag("A3")
  @DisplayName("A1, A3: issued on a 29 February")
  void leapDay() {
    LocalDate today = CALENDAR.dayOf(server.clock().instant());
    Year year = Year.of(today.getYear());
    while (!year.isLeap() || !year.atDay(60).isAfter(today)) {
      year = year.plusYears(1);
    }
    server.clock().stopAt(year.atDay(60).atTime(23, 59, 30).atZone(TOKYO).toInstant());
    int next = year.getValue() + 1;

    Holder hanako = Holder.on(server);
    hanako.awaitQueueEmpty();

    assertThat(hanako.loggedIn().get("/home").text())
        .contains(year + "年2月29日", next + "年2月28日まで有効", next + "年1月29日からできます");
    server
        .clock()
        .stopAt(LocalDate.of(next, 1, 29).atStartOfDay(TOKYO).toInstant().minusSeconds(1));
    assertThat(hanako.loggedIn().get("/home/renew").status()).isEqualTo(403);
    server.clock().stopAt(LocalDate.of(next, 1, 29).atStartOfDay(TOKYO).toInstant());
    assertThat(hanako.loggedIn().get("/home/renew").status()).isEqualTo(200);
    server.clock().stopAt(LocalDate.of(next, 3, 1).atStartOfDay(TOKYO).toInstant());
    assertThat(hanako.logIn(hanako.browser()).status()).isEqualTo(403);
  }

  @Test
  @Tag("B7")
  @Tag("A3")
  @DisplayName("B7: a wrong password at the renewal counts like any other, and the sixth locks")
  void wrongPasswords() {
    Holder hanako = Holder.on(server);
    hanako.awaitQueueEmpty();
    server.clock().stopAt(hanako.opens());
    Browser browser = hanako.loggedIn();

    for (String malformed : List.of("", "short", "ｐａｓｓ")) {
      assertThat(browser.post("/home/renew", "password", malformed).status()).isEqualTo(422);
    }
    for (int i = 0; i < 6; i++) {
      Reply wrong = browser.post("/home/renew", "password", hanako.person().wrongPassword());
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text()).contains("パスワードを確認できませんでした");
    }
    Reply right = hanako.renew(browser);

    assertThat(right.status()).isEqualTo(422);
    assertThat(right.text()).contains("パスワードを確認できませんでした");
    assertThat(server.applications(hanako.person())).containsExactly("ISSUED");
    assertThat(
            server.query(
                "SELECT locks FROM app_user WHERE user_id = '" + hanako.person().userId() + "'"))
        .containsExactly("1");
    hanako.awaitQueueEmpty();
  }

  @Test
  @Tag("S2")
  @Tag("A3")
  @DisplayName("S2: renewal is bound to the log-in and its certificate, and its token is new")
  void boundToTheCertificate() {
    Holder hanako = Holder.on(server);
    Holder other = Holder.on(server);
    other.awaitQueueEmpty();
    server.clock().stopAt(hanako.opens());
    Browser browser = hanako.loggedIn();
    String session = browser.token();

    assertThat(hanako.renew(server.browser().token(session)).status()).isEqualTo(403);
    assertThat(hanako.renew(other.browser().token(session)).status()).isEqualTo(403);
    assertThat(hanako.renew(hanako.browser()).status()).as("not logged in").isEqualTo(403);
    assertThat(server.applications(hanako.person())).containsExactly("ISSUED");

    assertThat(hanako.renew(browser).location()).endsWith("/issue/confirm");
    assertThat(browser.token()).isNotEqualTo(session);
    assertThat(hanako.browser().token(session).get("/home").location()).endsWith("/login");
    assertThat(server.browser().token(browser.token()).get("/home").location())
        .as("without the certificate no log-in")
        .endsWith("/login");
  }

  @Test
  @Tag("F1")
  @Tag("C7")
  @DisplayName("F1: mails come in the language chosen at home")
  void language() {
    Holder hanako = Holder.on(server);
    hanako.awaitQueueEmpty();
    server.clock().stopAt(hanako.opens());
    Browser browser = hanako.loggedIn();
    assertThat(browser.get("/home").text()).contains("メールを英語（English）に変更");

    assertThat(browser.post("/home/language", "language", "en").location()).endsWith("/home");
    assertThat(browser.get("/home").text()).contains("メールを日本語に変更");
    assertThat(browser.post("/home/language", "language", "fr").status()).isEqualTo(400);
    assertThat(server.browser().post("/home/language", "language", "ja").status()).isEqualTo(403);
    server.runJob("calendar-notices");

    hanako.awaitMails("Your certificate ends soon", 1);
    assertThat(audited(hanako.person(), "LANGUAGE_CHANGED")).isEqualTo(1);
    hanako.awaitQueueEmpty();
  }

  @Test
  @Tag("A7")
  @DisplayName("A7: where configured, the new one's first log-in revokes the old one")
  void supersede(@TempDir Path folder) {
    try (TestServer own =
        TestServer.start(folder, "INKAN_CERTIFICATE_SUPERSEDE_ON_FIRST_USE", "true")) {
      stopAtNoon(own);
      Holder old = Holder.on(own);
      old.awaitQueueEmpty();
      own.clock().stopAt(old.opens());
      Holder renewed = old.renewed(old.loggedIn());
      Browser withOld = old.loggedIn();
      assertThat(withOld.get("/home").status())
          .as("the old one's log-in revokes nothing")
          .isEqualTo(200);

      renewed.loggedIn();

      assertThat(withOld.get("/home").location()).endsWith("/login");
      assertThat(old.logIn(old.browser()).heading()).isEqualTo("電子証明書は失効しています");
      assertThat(renewed.loggedIn().get("/home").text()).doesNotContain("未選択");
      assertThat(
              own.query("SELECT revocation_reason FROM certificate WHERE revoked_at IS NOT NULL"))
          .containsExactly("4");
      old.awaitMails("失効のお知らせ", 1);
    }
  }

  @Test
  @Tag("A3")
  @DisplayName("A3: where the bank wants a code at each renewal, home leads into the issue flow")
  void byCodeAlone(@TempDir Path folder) {
    try (TestServer own =
        TestServer.start(folder, "INKAN_CERTIFICATE_RENEW_WITH_CERTIFICATE", "false")) {
      stopAtNoon(own);
      Holder hanako = Holder.on(own);
      hanako.awaitQueueEmpty();
      own.clock().stopAt(hanako.opens());
      Browser browser = hanako.loggedIn();

      assertThat(browser.get("/home").text()).contains("href=\"/issue\">電子証明書を更新</a>");
      assertThat(browser.get("/home/renew").status()).isEqualTo(404);
      assertThat(hanako.renew(browser).status()).isEqualTo(404);
    }
  }

  private int audited(Person person, String action) {
    return server
        .query(
            "SELECT number FROM audit_event WHERE action = '"
                + action
                + "' AND actor_name = '"
                + person.userId()
                + "'")
        .size();
  }
}
