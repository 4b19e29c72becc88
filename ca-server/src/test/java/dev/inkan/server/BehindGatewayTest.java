package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole server behind a gateway that speaks plain HTTP to it; the tests are the gateway. */
@Tag("S6")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BehindGatewayTest {

  private static final String GATEWAY = "127.0.0.1";

  private TestServer server;
  private URI inside;

  @BeforeAll
  void start(@TempDir Path folder) {
    server =
        TestServer.start(
            folder,
            "INKAN_WEB_BEHIND_GATEWAY",
            "http",
            "INKAN_WEB_PROXIES",
            GATEWAY,
            "INKAN_SOURCE_BUDGET_ATTEMPTS",
            "3");
    inside = URI.create("http://localhost:" + server.url().getPort());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Browser browser() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Browser(client, inside);
  }

  private static Reply logIn(Browser browser, Person person, String password, String... headers) {
    browser.get("/");
    String form =
        Browser.encode(
            List.of("csrf", browser.csrf(), "userId", person.userId(), "password", password));
    return browser.submit("/login", form, headers);
  }

  @Test
  @Tag("S2")
  @Tag("S4")
  @DisplayName("S2, S4: cookie and headers are those of https, which is what the browser speaks")
  void whatTheBrowserIsTold() {
    Reply menu = browser().get("/");
    assertThat(menu.status()).isEqualTo(200);
    assertThat(menu.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    assertThat(menu.header("Set-Cookie"))
        .startsWith(Browser.COOKIE + "=")
        .contains("Secure")
        .contains("HttpOnly")
        .contains("SameSite=Lax");
  }

  @Test
  @Tag("C6")
  @Tag("B1")
  @DisplayName("S6, C6: the issue flow and the log-in with the forwarded certificate")
  void journey() throws Exception {
    Visitor visitor = new Visitor(server, server.newPerson(), browser()).issued();
    Person person = visitor.person();
    String header = forwarded(visitor.download().octets(), person.password());
    Browser browser = browser();
    String visitors = "203.0.113.1";

    Reply menu = browser.send("GET", "/", "", "Client-Cert", header);
    assertThat(menu.text()).contains("電子証明書を確認しました", person.userId());
    Reply reply = logIn(browser, person, person.password(), "Client-Cert", header, XFF, visitors);

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.location()).endsWith("/home").doesNotContain("http:");
    assertThat(browser.send("GET", "/home", "", "Client-Cert", header).status()).isEqualTo(200);
    assertThat(browser.get("/home").status()).as("without the certificate").isNotEqualTo(200);
    assertThat(browser.send("GET", "/", "", "Client_Cert", header).text())
        .doesNotContain("電子証明書を確認しました");
    assertThat(browser.send("GET", "/", "", "Client-Cert", ":AAAA:").text())
        .contains("このサービスの電子証明書ではありません");
  }

  private static final String XFF = "X-Forwarded-For";

  @Test
  @DisplayName("S6: a budget of attempts for each visitor, not for the gateway")
  void budgets() {
    Visitor visitor = new Visitor(server, server.newPerson(), browser());
    Person person = server.newPerson();
    String one = "198.51.100.1";
    for (int i = 0; i < 3; i++) {
      assertThat(apply(visitor.browser(), person, one)).doesNotContain(TOO_MANY);
    }
    assertThat(apply(visitor.browser(), person, one)).contains(TOO_MANY);
    assertThat(apply(visitor.browser(), person, "192.0.2.9, " + one)).contains(TOO_MANY);
    assertThat(apply(visitor.browser(), person, "198.51.100.2")).doesNotContain(TOO_MANY);
  }

  private static final String TOO_MANY = "短い時間に何度も操作された";

  private static String apply(Browser browser, Person person, String source) {
    browser.get("/issue");
    String form =
        Browser.encode(
            List.of(
                "csrf",
                browser.csrf(),
                "userId",
                person.userId(),
                "password",
                person.wrongPassword()));
    return browser.submit("/issue", form, XFF, source).text();
  }

  @Test
  @Tag("S4")
  @DisplayName("S6: from elsewhere the same request is refused, on a page with every header")
  void fromElsewhere() throws IOException {
    String request =
        "GET / HTTP/1.1\r\nHost: localhost:%d\r\nClient-Cert: :AAAA:\r\nConnection: close\r\n\r\n"
            .formatted(inside.getPort());
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            inside.getPort(),
            InetAddress.getByName("127.0.0.2"),
            0)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403")
          .contains("Content-Security-Policy: ", "X-Frame-Options: DENY")
          .doesNotContain("Set-Cookie");
    }
  }

  private static String forwarded(byte[] pfx, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pfx), password.toCharArray());
    String alias = store.aliases().nextElement();
    return ":" + Base64.getEncoder().encodeToString(store.getCertificate(alias).getEncoded()) + ":";
  }
}
