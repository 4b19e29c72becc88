package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Browser;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S3, S14: forms and requests that no page of ours sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadRequestTest {

  private TestServer server;
  private Visitor visitor;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    visitor = server.newVisitor().applied();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<String> catalogue() {
    return Stream.of(
        "abc12",
        "abcdefghijk12",
        "a1".repeat(5_000),
        "ａｂｃ１２３",
        "abc 123",
        "abc123\u0000",
        "abc123\r\nSet-Cookie: a=b",
        "🔏abc123",
        "abc١٢٣",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "${7*7}",
        "../../etc/passwd",
        "%00",
        "abc\u202e123",
        "𠮷野家123",
        "が１２３４５",
        "\ufffd");
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  @Tag("S14")
  @DisplayName("S14: a user ID of no form is shown again, escaped, with what is wrong")
  void userId(String typed) {
    Reply reply = server.browser().post("/issue", "userId", typed, "password", "Inkan#2026");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.heading()).isEqualTo("電子証明書発行 ユーザー認証");
    assertThat(reply.text())
        .contains("ユーザーIDは、半角の英字と数字の両方を使った6～12桁で入力してください")
        .doesNotContain("<script>alert", "<img src=x", "Inkan#2026");
    if (typed.length() < 64 && typed.matches("[\\x20-\\x7e&&[^<>&\"']]*")) {
      assertThat(reply.text()).contains("value=\"" + typed + "\"");
    }
    assertThat(reply.octets().length).isLessThan(32_000);
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  @Tag("S14")
  @DisplayName("S14: a password of no form is never shown again")
  void password(String typed) {
    Reply reply = server.browser().post("/issue", "userId", "yamada01", "password", typed);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("パスワードは、半角の英大文字・英小文字・数字・記号の4種すべてを使った8～12桁で入力してください")
        .contains("value=\"yamada01\"")
        .doesNotContain("value=\"" + typed, ">" + typed, "<script>alert", "<img src=x");
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  @Tag("S14")
  @DisplayName("S14: nor is a code of no form anything but refused, at no cost")
  void code(String typed) {
    Reply reply = visitor.enter(typed);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("認証コードは、数字6桁で入力してください")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: what is missing is asked for")
  void missing() {
    Reply empty = server.browser().post("/issue");
    Reply spaces = server.browser().post("/issue", "userId", "  ", "password", "");

    for (Reply reply : List.of(empty, spaces)) {
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("ユーザーIDを入力してください", "パスワードを入力してください");
    }
    assertThat(visitor.enter("").text()).contains("6桁の認証コードを入力してください");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userId=a&userId=b",
        "userId=%zz",
        "userId=%",
        "userId=%4",
        "userId=%ff%fe",
        "userId=%c0%80",
        "userId=%ed%a0%80",
        "userId=%f8%88%80%80%80",
        "userId=%e3%81",
        "a1=&a2=&a3=&a4=&a5=&a6=&a7=&a8=&a9=&b1=&b2=&b3=&b4=&b5=&b6=&b7=&b8=&b9=&c1=&c2=&c3="
      })
  @Tag("S14")
  @DisplayName("S14: a form that cannot be read is refused, never guessed at")
  void unreadable(String fields) {
    Browser browser = server.browser();
    browser.get("/issue");

    Reply reply = browser.submit("/issue", "csrf=" + browser.csrf() + "&" + fields);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.heading()).isEqualTo("受け取れない内容でした");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&&=&", "userId", "=", "userId[]=a&userId[0]=b", "x=あ"})
  @Tag("S14")
  @DisplayName("S14: odd but readable forms are forms")
  void odd(String fields) {
    Browser browser = server.browser();
    browser.get("/issue");

    assertThat(browser.submit("/issue", "csrf=" + browser.csrf() + "&" + fields).status())
        .isIn(400, 422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "",
        "application/x-www-form-urlencoded; charset=Shift_JIS",
        "application/xml",
        "あ"
      })
  @Tag("S14")
  @DisplayName("S14: another content type is refused")
  void contentType(String type) {
    String body = "csrf=x";
    RawExchange reply =
        RawExchange.send(
            server,
            ("POST /issue HTTP/1.1\r\nHost: localhost:"
                    + server.url().getPort()
                    + "\r\nConnection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\nContent-Type: "
                    + type
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.body()).contains("受け取れない形式でした");
  }

  @Test
  @Tag("S3")
  @DisplayName("S3: no token, another session's, an old one, another origin: nothing happens")
  void csrf() {
    Browser browser = server.browser();
    browser.get("/issue");
    Browser other = server.browser();
    other.get("/issue");
    String fields = "&userId=" + visitor.person().userId() + "&password=Inkan%23001x";
    Visitor moved = server.newVisitor();
    moved.browser().get("/issue");
    String old = moved.browser().csrf();
    moved.applied();

    List<Reply> replies =
        List.of(
            browser.submit("/issue", "x=1" + fields),
            browser.submit("/issue", "csrf=" + fields),
            browser.submit("/issue", "csrf=" + other.csrf() + fields),
            browser.submit("/issue", "csrf=" + browser.token() + fields),
            moved.browser().submit("/issue/code", "csrf=" + old + "&code=123456"),
            server.browser().submit("/issue", "csrf=" + browser.csrf() + fields),
            browser.submit(
                "/issue", "csrf=" + browser.csrf() + fields, "Origin", "https://evil.example"),
            browser.submit(
                "/issue", "csrf=" + browser.csrf() + fields, "Origin", "https://localhost"),
            browser.submit("/logout", "csrf=" + other.csrf()));

    assertThat(replies).extracting(Reply::status).containsOnly(403);
    assertThat(replies).extracting(Reply::heading).containsOnly("操作をやり直してください");
    assertThat(server.applications(visitor.person())).hasSize(1);
    assertThat(
            browser
                .submit("/issue", "csrf=" + browser.csrf(), "Origin", server.url().toString())
                .status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/issue", "DELETE,/issue", "PATCH,/issue/code", "POST,/", "POST,/issue/progress",
    "POST,/issue/result", "GET,/logout", "POST,/help/import", "POST,/home", "PUT,/assets/style.css"
  })
  @Tag("S14")
  @DisplayName("S14: a wrong method is refused")
  void method(String method, String path) {
    Browser browser = server.browser();
    browser.get("/");
    String body = method.equals("GET") ? "" : "csrf=" + browser.csrf();

    Reply reply =
        browser.send(method, path, body, "Content-Type", "application/x-www-form-urlencoded");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.heading()).isEqualTo("この操作はできません");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "BREW", "get"})
  @Tag("S14")
  @DisplayName("S14: no method is answered with a failure of ours")
  void anyMethod(String method) {
    String host = "localhost:" + server.url().getPort();
    RawExchange reply =
        RawExchange.send(
            server, method + " / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(reply.status()).isLessThan(500);
    assertThat(reply.body()).doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/issue/../home",
        "/../../etc/passwd",
        "/assets/..%2f..%2fstyle.css",
        "/assets/%2e%2e/x",
        "/assets/style.css%00",
        "/assets/%00",
        "/%2f%2f",
        "//issue",
        "/issue;x=y",
        "/issue/%2e%2e",
        "/assets/",
        "/issue//code",
        "/%zz",
        "/%ff",
        "/あ",
        "/issue?userId=%zz",
        "/\\..\\x",
        "*",
        "http://evil.example/",
        "https://localhost/issue",
        "/issue#x"
      })
  @Tag("S14")
  @DisplayName("S14: no path is answered with a failure of ours or a file")
  void path(String path) {
    RawExchange reply =
        RawExchange.send(
            server,
            ("GET "
                    + path
                    + " HTTP/1.1\r\nHost: localhost:"
                    + server.url().getPort()
                    + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isIn(200, 303, 400, 404, 421);
    assertThat(reply.body()).doesNotContain("root:x", "Exception", "HTTP ERROR");
    if (reply.status() >= 400) {
      assertThat(reply.body()).contains("<html lang=\"ja\">");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost\r\n",
        "Host: localhost:1\r\n",
        "Host: localhost.evil.example:443\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n"
      })
  @Tag("S14")
  @DisplayName("S14: another host is misdirected")
  void host(String lines) {
    RawExchange reply =
        RawExchange.send(server, "GET / HTTP/1.1\r\n" + lines + "Connection: close\r\n\r\n");

    assertThat(reply.status()).isEqualTo(421);
    assertThat(reply.body()).contains("アクセス先が違います").doesNotContain("evil.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: a\r\nHost: b\r\n",
        "Host: a b\r\n",
        "Host: \u0000\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"
      })
  @Tag("S14")
  @DisplayName("S14: broken heads are refused with a page")
  void head(String lines) {
    String host =
        lines.startsWith("Host") || lines.isEmpty()
            ? ""
            : "Host: localhost:" + server.url().getPort() + "\r\n";
    RawExchange reply =
        RawExchange.send(
            server, "POST /issue HTTP/1.1\r\n" + host + lines + "Connection: close\r\n\r\n");

    assertThat(reply.status()).isIn(400, 415, 421);
    assertThat(reply.body()).contains("<html lang=\"ja\">");
  }

  @Test
  @Tag("S13")
  @DisplayName("S13: chunks of garbage, and chunks beyond 64 KiB, are refused")
  void chunks() {
    String head =
        "POST /issue HTTP/1.1\r\nHost: localhost:"
            + server.url().getPort()
            + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n";

    RawExchange garbage = RawExchange.send(server, head + "zz\r\nabc\r\n");
    RawExchange large =
        RawExchange.send(server, head + "11170\r\n" + "a".repeat(70_000) + "\r\n0\r\n\r\n");

    assertThat(garbage.status()).isEqualTo(400);
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body()).contains("送信された内容が大きすぎます");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%00", "あ", "__Host-inkan=", "a=b; c=d"})
  @Tag("S2")
  @DisplayName("S2: a cookie that is none of ours is replaced")
  void cookie(String value) {
    RawExchange reply =
        RawExchange.send(
            server,
            ("GET / HTTP/1.1\r\nHost: localhost:"
                    + server.url().getPort()
                    + "\r\nConnection: close\r\nCookie: __Host-inkan="
                    + value
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Set-Cookie")).startsWith("__Host-inkan=");
  }
}
