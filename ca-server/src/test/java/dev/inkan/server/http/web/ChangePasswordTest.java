package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import io.javalin.http.HandlerType;
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

/** パスワードの変更 behind the log-in: after an initial password, and by wish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("C5")
final class ChangePasswordTest {

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

  /** A user with a certificate and a browser that holds it, not logged in. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Holder(Person person, byte[] pfx, Browser browser) {

    Reply logIn() {
      return ChangePasswordTest.logIn(browser, person);
    }

    Reply change(String current, String password) {
      return browser.post(
          "/home/password",
          "currentPassword",
          current,
          "password",
          password,
          "passwordConfirm",
          password);
    }
  }

  private Holder newHolder() {
    Visitor visitor = server.newVisitor().issued();
    Person person = visitor.person();
    byte[] pfx = visitor.download().octets();
    return new Holder(person, pfx, server.browser(pfx, person.password()));
  }

  private Holder initialised(Duration lifetime) {
    Holder holder = newHolder();
    server.initialise(holder.person(), lifetime);
    return holder;
  }

  private static Reply logIn(Browser browser, Person person) {
    return browser.post("/login", "userId", person.userId(), "password", person.password());
  }

  @Test
  @DisplayName("C5: after a log-in with an initial password only its change and the log-out open")
  void onlyTheChange() {
    Holder holder = initialised(Duration.ofDays(30));
    assertThat(holder.logIn().status()).isEqualTo(303);

    List<Route> routes = server.application().routes();
    List<String> behind =
        routes.stream()
            .filter(route -> route.path().matches("/(home|users).*"))
            .filter(route -> !route.path().equals(LoggedIn.CHANGE_PASSWORD))
            .map(route -> route.method() + " " + route.path().replaceAll("\\{[^}]+}", "x1"))
            .toList();

    assertThat(behind)
        .contains("GET /home", "GET /home/renew", "POST /home/language", "GET /users");
    for (String route : behind) {
      String path = route.substring(route.indexOf(' ') + 1);
      Reply reply =
          route.startsWith(HandlerType.POST.name())
              ? holder.browser().post(path)
              : holder.browser().get(path);
      assertThat(reply.location()).as(route).endsWith("/home/password");
    }
    Reply screen = holder.browser().get("/home/password");
    assertThat(screen.status()).isEqualTo(200);
    assertThat(screen.text()).contains("初期パスワード").doesNotContain("現在のパスワード");
    assertThat(holder.browser().post("/logout").location()).endsWith("/");
    assertThat(holder.browser().get("/home/password").location()).endsWith("/login");
  }

  @Test
  @Tag("C6")
  @DisplayName("C5: once changed, everything opens; a new token, a mail, and the old one is dead")
  void forced() {
    Holder holder = initialised(Duration.ofDays(30));
    holder.logIn();
    String before = holder.browser().token();

    Reply reply = holder.change("", OWN);

    assertThat(reply.location()).endsWith("/home/password/changed");
    assertThat(holder.browser().token()).isNotEqualTo(before);
    assertThat(holder.browser().get("/home/password/changed").text()).contains("以前のパスワードで開きます");
    assertThat(holder.browser().get("/home").status()).isEqualTo(200);
    assertThat(stranger(holder).token(before).get("/home").location()).endsWith("/login");
    assertThat(logIn(stranger(holder), holder.person()).status()).isEqualTo(422);
    assertThat(logIn(stranger(holder), holder.person().with(OWN)).location()).endsWith("/home");
    await().until(() -> changedMails(holder.person()) == 1);
  }

  private Browser stranger(Holder holder) {
    return server.browser(holder.pfx(), holder.person().password());
  }

  private long changedMails(Person person) {
    return server.mails(person).stream()
        .filter(mail -> mail.subject().contains("パスワード変更のお知らせ"))
        .count();
  }

  @Test
  @DisplayName("C5: the initial password is not taken for the new one here either")
  void unchanged() {
    Holder holder = initialised(Duration.ofDays(30));
    holder.logIn();

    Reply reply = holder.change("", holder.person().password());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("これまでのパスワードと同じです");
    assertThat(holder.browser().get("/home").location()).endsWith("/home/password");
  }

  @Test
  @Tag("C6")
  @DisplayName("C5, C6: an initial password past its end logs nobody in, and says whom to ask")
  void over() {
    Holder holder = initialised(Duration.ofSeconds(-1));

    Reply reply = holder.logIn();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("初期パスワードの有効期限が切れました");
    assertThat(holder.browser().get("/home/password").location()).endsWith("/login");
    assertThat(logIn(holder.browser(), holder.person().with(OWN)).status()).isEqualTo(422);
  }

  @Test
  @DisplayName("C5: an initial password that ends after the log-in cannot be changed any more")
  void overMeanwhile() {
    Holder holder = initialised(Duration.ofDays(30));
    holder.logIn();
    server.initialise(holder.person(), Duration.ofSeconds(-1));

    Reply reply = holder.change("", OWN);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("初期パスワードの有効期限が切れました");
    assertThat(holder.browser().get("/home").location()).endsWith("/home/password");
  }

  @Test
  @DisplayName("By wish: the current password is asked, other sessions and applications end")
  void byWish() throws Exception {
    Holder holder = newHolder();
    holder.logIn();
    Browser elsewhere = stranger(holder);
    logIn(elsewhere, holder.person());
    assertThat(holder.browser().get("/home").text()).contains("href=\"/home/password\"");
    assertThat(holder.browser().get("/home/password").text()).contains("現在のパスワード");

    Reply reply = holder.change(holder.person().password(), OWN);

    assertThat(reply.location()).endsWith("/home/password/changed");
    assertThat(holder.browser().get("/home").status()).isEqualTo(200);
    assertThat(elsewhere.get("/home").location()).endsWith("/login");
    assertThat(logIn(elsewhere, holder.person()).status()).isEqualTo(422);
    assertThat(logIn(elsewhere, holder.person().with(OWN)).location()).endsWith("/home");
    assertThat(IssueFlowTest.certificate(holder.pfx(), holder.person().password()))
        .as("the file made before opens as before")
        .isNotNull();
    await().until(() -> changedMails(holder.person()) == 1);
  }

  @Test
  @DisplayName("By wish: an application under way holds the old password, and ends")
  void applicationUnderWay(@TempDir Path folder) {
    try (TestServer own = TestServer.start(folder)) {
      Visitor visitor = own.newVisitor().issued();
      Person person = visitor.person();
      Browser browser = own.browser(visitor.download().octets(), person.password());
      own.clock().advance(Duration.ofDays(340));
      logIn(browser, person);
      Visitor renewing = own.visitor(person).confirmed();

      Reply reply =
          browser.post(
              "/home/password",
              "currentPassword",
              person.password(),
              "password",
              OWN,
              "passwordConfirm",
              OWN);

      assertThat(reply.location()).endsWith("/home/password/changed");
      assertThat(renewing.issue().status()).isEqualTo(403);
      assertThat(own.applications(person)).containsExactly("ISSUED", "CANCELLED");
      assertThat(own.ledger(person)).hasSize(1);
    }
  }

  @Test
  @Tag("B7")
  @DisplayName("By wish: a wrong current password counts as at the log-in, and the sixth locks")
  void wrongCurrent() {
    Holder holder = newHolder();
    holder.logIn();

    for (int i = 0; i < 6; i++) {
      Reply reply = holder.change(holder.person().wrongPassword(), OWN);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("現在のパスワードを確認できませんでした");
    }

    assertThat(holder.change(holder.person().password(), OWN).status()).as("locked").isEqualTo(422);
    assertThat(logIn(stranger(holder), holder.person()).status()).isEqualTo(422);
    assertThat(
            server.query(
                "SELECT locks FROM app_user WHERE user_id = '" + holder.person().userId() + "'"))
        .containsExactly("1");
    assertThat(changedMails(holder.person())).isZero();
  }

  @Test
  @DisplayName("By wish: what is missing, malformed or different counts no try and changes nothing")
  void malformed() {
    Holder holder = newHolder();
    holder.logIn();

    Reply missing = holder.change("", OWN);
    Reply malformed = holder.change("short", OWN);
    Reply differs =
        holder
            .browser()
            .post(
                "/home/password",
                "currentPassword",
                holder.person().password(),
                "password",
                OWN,
                "passwordConfirm",
                "Other#123");
    Reply unchanged = holder.change(holder.person().password(), holder.person().password());

    assertThat(missing.text()).contains("現在のパスワードを入力してください");
    assertThat(malformed.text()).contains("現在のパスワードは、半角の");
    assertThat(differs.text()).contains("新しいパスワードと一致していません");
    assertThat(unchanged.text()).contains("これまでのパスワードと同じです");
    assertThat(List.of(missing, malformed, differs, unchanged))
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(422);
              assertThat(reply.text()).doesNotContain(OWN, holder.person().password());
            });
    assertThat(logIn(stranger(holder), holder.person()).location()).endsWith("/home");
  }

  @Test
  @DisplayName("Two tabs at once: one password, one mail; the other is told that nothing was done")
  void twoTabs() throws Exception {
    Holder holder = newHolder();
    holder.logIn();
    String token = holder.browser().token();
    Holder one = new Holder(holder.person(), holder.pfx(), stranger(holder).token(token));
    Holder two = new Holder(holder.person(), holder.pfx(), stranger(holder).token(token));

    List<Reply> replies =
        FirstPasswordTest.atOnce(
            List.of(
                () -> one.change(holder.person().password(), "Tab-one-1"),
                () -> two.change(holder.person().password(), "Tab-two-2")));

    assertThat(replies.stream().filter(reply -> reply.location().endsWith("/changed"))).hasSize(1);
    assertThat(
            server.query(
                "SELECT COUNT(*) FROM audit_event e JOIN app_user u ON e.subscriber_id = u.id"
                    + " WHERE e.action = 'PASSWORD_CHANGED' AND u.user_id = '"
                    + holder.person().userId()
                    + "'"))
        .containsExactly("1");
  }

  @Test
  @DisplayName("Who is not logged in, or shows no certificate, changes nothing")
  void notLoggedIn() {
    Holder holder = newHolder();
    holder.logIn();

    Reply without =
        server
            .browser()
            .token(holder.browser().token())
            .post("/home/password", "password", OWN, "passwordConfirm", OWN);

    assertThat(without.status()).isEqualTo(403);
    assertThat(stranger(holder).get("/home/password").location()).endsWith("/login");
    assertThat(stranger(holder).get("/home/password/changed").location()).endsWith("/login");
  }
}
