package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chromium itself does the TLS with the visitor's certificate. */
@Tag("B1")
class BrowserTest {

  private static final String PAGE =
      """
      <!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>証明書</title></head>
      <body><main><h1>証明書</h1><p id="shown">%s</p><p id="script">off</p>
      <p><a id="file" href="/file">ダウンロード</a></p></main>
      <script src="/on.js"></script></body></html>
      """;

  @TempDir Path folder;

  private final ThrowawayPki pki = new ThrowawayPki("Test Root");
  private ThrowawayServer server;
  private BrowserPolicy policy;

  @BeforeEach
  void start() {
    server = new ThrowawayServer(pki, folder, BrowserTest::pages);
    policy = BrowserPolicy.install(server.uri(), pki.root());
  }

  @AfterEach
  void stop() {
    policy.close();
    server.close();
  }

  private static void pages(JavalinConfig config) {
    config.routes.get("/", BrowserTest::page);
    config.routes.get(
        "/on.js",
        ctx ->
            ctx.contentType("text/javascript")
                .result("document.getElementById('script').textContent = 'on';"));
    config.routes.get(
        "/bad", ctx -> ctx.contentType("text/html;charset=utf-8").result("<p><img src=x></p>"));
    config.routes.get(
        "/file",
        ctx ->
            ctx.contentType("application/x-pkcs12")
                .header("Content-Disposition", "attachment; filename=\"taro01.p12\"")
                .result("octets".getBytes(StandardCharsets.US_ASCII)));
  }

  private static void page(Context ctx) {
    String subject = ThrowawayServer.subject(ctx.attribute(ThrowawayServer.CHAIN));
    ctx.contentType("text/html;charset=utf-8").result(PAGE.formatted(subject));
  }

  @Test
  @DisplayName("a visitor with a certificate shows it, downloads, and passes axe")
  void withCertificate() throws Exception {
    Visitor visitor =
        Visitor.in(folder.resolve("home"))
            .importing(
                pki.subscriber(folder.resolve("taro01.p12"), "taro01"), ThrowawayPki.PASSWORD);
    assertThat(visitor.certificates()).contains("taro01");
    try (Browser browser = Browser.open(visitor)) {
      browser.page().navigate(server.uri().toString());
      assertThat(browser.page().textContent("#shown")).contains("CN=taro01");
      assertThat(browser.page().textContent("#script")).isEqualTo("on");
      browser.record("00-browser");
      assertThat(Path.of("target", "screens", "00-browser.png")).isNotEmptyFile();
      assertThat(Path.of("target", "pages", "00-browser.html")).content().contains("証明書");
      browser.assertAccessible();
      Path file = browser.download(folder.resolve("down"), () -> browser.page().click("#file"));
      assertThat(file.getFileName()).hasToString("taro01.p12");
      assertThat(Files.readString(file)).isEqualTo("octets");
      browser.page().navigate(server.uri() + "bad");
      assertThatThrownBy(browser::assertAccessible)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("image-alt");
    }
  }

  @Test
  @DisplayName("a visitor without certificate, or with one of a CA not asked for, shows none")
  void withoutCertificate() {
    Visitor nobody = Visitor.in(folder.resolve("nobody"));
    Visitor stranger =
        Visitor.in(folder.resolve("stranger"))
            .importing(
                new ThrowawayPki("Other Root").subscriber(folder.resolve("other.p12"), "jiro02"),
                ThrowawayPki.PASSWORD);
    for (Visitor visitor : new Visitor[] {nobody, stranger}) {
      try (Browser browser = Browser.open(visitor)) {
        browser.page().navigate(server.uri().toString());
        assertThat(browser.page().textContent("#shown")).isEqualTo("none");
      }
    }
  }

  @Test
  @DisplayName("B1: a foreign CA of our CA's very name is shown, and reaches the page")
  void foreignCertificateOfTheSameName() {
    Visitor stranger =
        Visitor.in(folder.resolve("stranger"))
            .importing(
                new ThrowawayPki("Test Root").subscriber(folder.resolve("other.p12"), "jiro02"),
                ThrowawayPki.PASSWORD);
    try (Browser browser = Browser.withoutScripts(stranger)) {
      browser.page().navigate(server.uri().toString());
      assertThat(browser.page().textContent("#shown")).contains("CN=jiro02");
      assertThat(browser.page().textContent("#script")).isEqualTo("off");
    }
  }
}
