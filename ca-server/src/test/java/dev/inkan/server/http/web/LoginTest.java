package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Log-in with the downloaded file as the browser's certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LoginTest {

  private TestServer server;
  private Person hanako;
  private byte[] pfx;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    Visitor visitor = server.newVisitor().issued();
    hanako = visitor.person();
    pfx = visitor.download().octets();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Browser withCertificate() {
    return server.browser(pfx, hanako.password());
  }

  private static Reply logIn(Browser browser, Person person) {
    return browser.post("/login", "userId", person.userId(), "password", person.password());
  }

  @Test
  @Tag("C6")
  @Tag("C7")
  @DisplayName("C6, C7: with the certificate and its own ID and password, and then the days left")
  void right() {
    Browser browser = withCertificate();
    assertThat(browser.get("/").text()).contains("電子証明書を確認しました", hanako.userId());
    assertThat(browser.get("/login").status()).isEqualTo(200);

    Reply reply = logIn(browser, hanako);

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/home");
    Reply home = browser.get("/home");
    assertThat(home.status()).isEqualTo(200);
    assertThat(home.text())
        .contains("<strong class=\"days-number\">365</strong>", hanako.userId(), "みほん教職員組合")
        .contains("からできます")
        .doesNotContain("電子証明書を更新</a>");
  }

  @Test
  @Tag("C6")
  @Tag("B1")
  @DisplayName("C6: without a certificate nobody gets to type, and is told what to do")
  void none() {
    Browser browser = server.browser();

    Reply reply = logIn(browser, hanako);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("電子証明書が選択されていません");
    assertThat(browser.get("/login").status()).isEqualTo(403);
    assertThat(browser.get("/home").location()).endsWith("/login");
  }

  @Test
  @Tag("C6")
  @DisplayName("C6: somebody else's certificate is refused, to who has the right password")
  void somebodyElses() {
    Person other = server.newPerson();

    Reply reply = logIn(withCertificate(), other);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("電子証明書とユーザーIDが一致しません");
    Reply wrong =
        withCertificate()
            .post("/login", "userId", other.userId(), "password", other.wrongPassword());
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("ユーザーIDまたはパスワードを確認できませんでした");
  }

  @Test
  @Tag("C6")
  @Tag("B7")
  @Tag("S1")
  @DisplayName("C6: one counter for ④ and the log-in, and the same words at both")
  void oneCounter() {
    Person other = server.newPerson();
    for (int i = 0; i < 3; i++) {
      server.browser().post("/issue", "userId", other.userId(), "password", other.wrongPassword());
      withCertificate().post("/login", "userId", other.userId(), "password", other.wrongPassword());
    }

    Reply locked = logIn(withCertificate(), other);
    Reply unknown =
        withCertificate().post("/login", "userId", "nobody001", "password", other.password());
    Reply atIssue =
        server.browser().post("/issue", "userId", other.userId(), "password", other.password());

    assertThat(List.of(locked.status(), unknown.status(), atIssue.status())).containsOnly(422);
    assertThat(locked.stable().replace(other.userId(), "nobody001")).isEqualTo(unknown.stable());
    assertThat(locked.octets()).hasSameSizeAs(unknown.octets());
    assertThat(server.query("SELECT locks FROM app_user WHERE user_id = '" + other.userId() + "'"))
        .containsExactly("1");
  }

  @Test
  @Tag("B1")
  @Tag("C6")
  @Tag("A6")
  @DisplayName("B1, A6: a revoked certificate reaches the menu, is told so, and cannot log in")
  void revoked() {
    Visitor visitor = server.newVisitor().issued();
    Browser browser = server.browser(visitor.download().octets(), visitor.person().password());
    logIn(browser, visitor.person());
    assertThat(browser.get("/home").status()).isEqualTo(200);

    server.update(
        "UPDATE certificate SET revoked_at = CURRENT_TIMESTAMP, revocation_reason = 1,"
            + " current_for = NULL WHERE subscriber_id = (SELECT id FROM app_user WHERE user_id = '"
            + visitor.person().userId()
            + "')");

    assertThat(browser.get("/").text()).contains("電子証明書は失効しています");
    assertThat(browser.get("/home").status()).as("the session is over too").isEqualTo(303);
    assertThat(logIn(browser, visitor.person()).heading()).isEqualTo("電子証明書は失効しています");
    assertThat(server.visitor(visitor.person()).applied().browser().token()).isNotEmpty();
  }

  @Test
  @Tag("S2")
  @DisplayName("S2: the token is new at ④, ⑤, log-in and log-out, and the old one is dead")
  void tokens() {
    List<String> seen = new ArrayList<>();
    Visitor visitor = server.newVisitor();
    visitor.browser().get("/");
    seen.add(visitor.browser().token());
    visitor.applied();
    seen.add(visitor.browser().token());
    visitor.enter(server.awaitCode(visitor.person(), 1));
    seen.add(visitor.browser().token());
    Browser browser = withCertificate();
    browser.get("/login");
    seen.add(browser.token());
    logIn(browser, hanako);
    String session = browser.token();
    seen.add(session);
    Reply out = browser.post("/logout");
    seen.add(browser.token());

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(out.location()).endsWith("/");
    assertThat(browser.get("/home").location()).endsWith("/login");
    assertThat(browser.token(session).get("/home").location()).endsWith("/login");
  }

  @Test
  @Tag("S2")
  @DisplayName(
      "S2: a log-in session is nothing without its certificate, an issue session no log-in")
  void boundToTheCertificate() {
    Browser browser = withCertificate();
    logIn(browser, hanako);
    Visitor visitor = server.newVisitor().issued();
    Browser other = server.browser(visitor.download().octets(), visitor.person().password());

    assertThat(server.browser().token(browser.token()).get("/home").status()).isEqualTo(303);
    assertThat(other.token(browser.token()).get("/home").status()).isEqualTo(303);
    assertThat(withCertificate().token(visitor.browser().token()).get("/home").status())
        .isEqualTo(303);
    assertThat(browser.get("/home").status()).isEqualTo(200);
  }

  @Test
  @Tag("S2")
  @DisplayName("S2: every cookie is __Host-, Secure, HttpOnly, SameSite and ends with the browser")
  void cookies() {
    Browser browser = withCertificate();
    List<String> cookies = new ArrayList<>(browser.get("/").headers("Set-Cookie"));
    cookies.addAll(logIn(browser, hanako).headers("Set-Cookie"));
    cookies.addAll(browser.post("/logout").headers("Set-Cookie"));

    assertThat(cookies).hasSize(3);
    assertThat(cookies)
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .matches("__Host-inkan=[A-Za-z0-9_-]{43};.*")
                    .contains("Path=/", "Secure", "HttpOnly")
                    .containsPattern("SameSite=(Lax|Strict)")
                    .doesNotContain("Domain", "Max-Age", "Expires"));
    assertThat(browser.get("/").headers("Set-Cookie")).as("a known browser keeps its").isEmpty();
  }

  @Test
  @Tag("C7")
  @Tag("A2")
  @Tag("A3")
  @DisplayName("C7, A3, A2: renewal opens at 30 days, and past the last day nobody logs in")
  void renewalAndExpiry(@TempDir Path folder) {
    try (TestServer own = TestServer.start(folder)) {
      Visitor visitor = own.newVisitor().issued();
      Browser browser = own.browser(visitor.download().octets(), visitor.person().password());

      own.clock().advance(Duration.ofDays(336));
      logIn(browser, visitor.person());
      assertThat(browser.get("/home").text())
          .contains("<strong class=\"days-number\">29</strong>", "電子証明書を更新</a>");
      assertThat(own.visitor(visitor.person()).apply().location()).endsWith("/issue/code");

      own.clock().advance(Duration.ofDays(30));
      assertThat(browser.get("/").text()).contains("電子証明書の有効期限が切れています");
      Reply login = logIn(browser, visitor.person());
      assertThat(login.status()).isEqualTo(403);
      assertThat(login.heading()).isEqualTo("電子証明書の有効期限が切れています");
      assertThat(browser.get("/home").location()).endsWith("/login");
    }
  }
}
