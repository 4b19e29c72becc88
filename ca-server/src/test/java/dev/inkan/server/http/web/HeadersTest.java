package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Browser;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** S4: what the browser is told with every answer, over every route there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeadersTest {

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Frame-Options", "DENY",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "same-origin",
          "Strict-Transport-Security", "max-age=31536000",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static void check(String what, UnaryOperator<String> header) {
    HEADERS.forEach(
        (name, value) -> assertThat(header.apply(name)).as(what + " " + name).isEqualTo(value));
    assertThat(header.apply("Content-Security-Policy"))
        .as(what)
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe", "*");
    assertThat(header.apply("Server")).as(what).isEmpty();
    assertThat(header.apply("X-Powered-By")).as(what).isEmpty();
  }

  @Test
  @Tag("S4")
  @DisplayName("S4: every route, with a session and without")
  void everyRoute() {
    List<Route> routes = server.application().routes();
    assertThat(routes).hasSizeGreaterThan(15);
    Visitor visitor = server.newVisitor().issued();
    for (Browser browser : List.of(visitor.browser(), server.browser())) {
      for (Route route : routes) {
        String path = route.path().replace("{name}", "style.css").replace("{userId}", "yamada01");
        if (!path.equals("/logout")) {
          boolean get = route.method().equals(HandlerType.GET);
          Reply reply = get ? browser.get(path) : browser.post(path);
          check(route.method() + " " + path, reply::header);
          if (!path.startsWith("/assets/")) {
            assertThat(reply.header("Cache-Control")).as(path).contains("no-store");
          }
          assertThat(reply.status()).as(path).isLessThan(500);
        }
      }
    }
  }

  @Test
  @Tag("S4")
  @DisplayName("S4: every page speaks Japanese, has one heading and nothing inline")
  void everyPage() {
    Browser browser = server.browser();
    for (Route route : server.application().routes()) {
      Reply reply =
          browser.get(route.path().replace("{name}", "style.css").replace("{userId}", "yamada01"));
      if (reply.header("Content-Type").startsWith("text/html")) {
        assertThat(reply.text())
            .as(route.path())
            .contains("<html lang=\"ja\">")
            .containsOnlyOnce("<h1>")
            .doesNotContain("<style", " style=", " onclick=", "javascript:");
      }
    }
  }

  @Test
  @Tag("S4")
  @DisplayName("S4: and every refusal, as a page in Japanese")
  void everyRefusal() {
    Browser browser = server.browser();
    browser.get("/");
    Map<Integer, Reply> replies =
        Map.of(
            404, browser.get("/no/such/page"),
            405, browser.send("PUT", "/issue", "x", "Content-Type", "text/plain"),
            403, browser.submit("/issue", "userId=a"),
            415, browser.send("POST", "/issue", "{}", "Content-Type", "application/json"),
            413, browser.submit("/issue", "userId=" + "a".repeat(70_000)),
            400, browser.submit("/issue", "csrf=" + browser.csrf() + "&userId=%zz"));
    replies.forEach(
        (status, reply) -> {
          assertThat(reply.status()).as(reply.heading()).isEqualTo(status);
          check(status.toString(), reply::header);
          assertThat(reply.header("Content-Type")).matches("text/html; ?charset=utf-8");
          assertThat(reply.header("Cache-Control")).as("%s", status).contains("no-store");
          assertThat(reply.text()).contains("<html lang=\"ja\">", "お知らせください");
          assertThat(reply.text()).doesNotContain("Exception", "jetty", "Javalin");
        });
  }

  @Test
  @Tag("S4")
  @Tag("S13")
  @DisplayName("S4, S13: and what the listener itself refuses")
  void everyListenerRefusal() {
    String host = "Host: localhost:" + server.url().getPort() + "\r\n";
    Map<Integer, String> requests =
        Map.of(
            431, "GET / HTTP/1.1\r\n" + host + "X: " + "a".repeat(20_000) + "\r\n\r\n",
            400, "GET / HTTP/1.1\r\n" + host + "Bad Header: a\r\n\r\n");
    requests.forEach(
        (status, request) -> {
          RawExchange reply = RawExchange.send(server, request);
          assertThat(reply.status()).isEqualTo(status);
          check(status.toString(), reply::header);
          assertThat(reply.body()).contains("<html lang=\"ja\">");
        });
  }
}
