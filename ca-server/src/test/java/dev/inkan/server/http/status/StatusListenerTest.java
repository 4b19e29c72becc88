package dev.inkan.server.http.status;

import static dev.inkan.server.status.DeskFixture.GOOD;
import static dev.inkan.server.status.DeskFixture.ISSUER;
import static dev.inkan.server.status.DeskFixture.serial;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.http.status.RawClient.Reply;
import dev.inkan.server.status.DeskFixture;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.PublishedFile;
import dev.inkan.server.tls.ListenerLimits;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("E1")
class StatusListenerTest {

  private static final SerialNumber VALID = serial(1);
  private static final SerialNumber LOST = serial(2);
  private static final int CRL_OCTETS = 3_000_000;

  @TempDir private static Path folder;
  private static DeskFixture bed;
  private static StatusListener listener;
  private static RawClient client;

  @BeforeAll
  static void listen() throws IOException {
    bed = new DeskFixture();
    bed.commit(VALID, GOOD);
    bed.commit(LOST, DeskFixture.revoked(RevocationReason.KEY_COMPROMISE));
    Files.write(folder.resolve("issuing.crl"), new byte[CRL_OCTETS]);
    listener = listener(StatusListener.limits(2_000));
    client = new RawClient(listener.port());
  }

  private static StatusListener listener(ListenerLimits limits) {
    Publication publication = path -> published(path);
    StatusListener made =
        new StatusListener("127.0.0.1", 0, limits, bed.desk, List.of(publication), bed.clock);
    made.start();
    return made;
  }

  private static Optional<PublishedFile> published(String path) {
    PublishedFile.Content content =
        switch (path) {
          case "/crl/issuing.crl" -> new PublishedFile.Content.File(folder.resolve("issuing.crl"));
          case "/crl/gone.crl" -> new PublishedFile.Content.File(folder.resolve("gone.crl"));
          default -> new PublishedFile.Content.Octets("small".getBytes(US_ASCII));
        };
    return path.startsWith("/crl/")
        ? Optional.of(
            new PublishedFile(
                "application/pkix-crl",
                content,
                "abc123",
                DeskFixture.NOW.minusSeconds(60),
                Optional.of(DeskFixture.NOW.plusSeconds(3600))))
        : Optional.empty();
  }

  @AfterAll
  static void stop() {
    listener.close();
    bed.follower.close();
  }

  @Test
  @DisplayName("E1: POST is answered with the exact type, a length, no chunks, and not cached")
  void post() throws IOException {
    Reply reply = client.post("/ocsp", DeskFixture.question(VALID));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/ocsp-response");
    assertThat(reply.header("Content-Length")).contains(Integer.toString(reply.body().length));
    assertThat(reply.header("Transfer-Encoding")).isEmpty();
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Server")).isEmpty();
    assertThat(ocsp(reply).status()).isEqualTo(GOOD);
    assertThat(ocsp(client.post("/ocsp/", DeskFixture.question(VALID))).status()).isEqualTo(GOOD);
  }

  @Test
  @DisplayName("E1: GET is taken escaped, as it is, without padding, with a slash too many")
  void getInEveryForm() throws IOException {
    for (SerialNumber serial : serialsWithOddBase64()) {
      bed.commit(serial, GOOD);
      String base64 = Base64.getEncoder().encodeToString(DeskFixture.question(serial));
      String escaped = base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
      for (String path :
          List.of(
              base64,
              escaped,
              base64.replace("=", ""),
              "/" + base64,
              escaped.replace("%2F", "%2f").replace("%2B", "%2b"))) {
        Reply reply = client.get("/ocsp/" + path);
        assertThat(reply.status()).as(path).isEqualTo(200);
        assertThat(ocsp(reply).status()).as(path).isEqualTo(GOOD);
      }
    }
  }

  /** Serial numbers whose questions have +, /, // and = in base64. */
  private static List<SerialNumber> serialsWithOddBase64() {
    List<SerialNumber> serials = new ArrayList<>();
    List<String> wanted = new ArrayList<>(List.of("//", "+", "/", "="));
    BigInteger value = BigInteger.ONE.shiftLeft(126);
    while (!wanted.isEmpty()) {
      value = value.add(new BigInteger("12345678901234567890123"));
      SerialNumber serial = new SerialNumber(value);
      String base64 = Base64.getEncoder().encodeToString(DeskFixture.question(serial));
      String tail = base64.substring(80);
      if (wanted.removeIf(tail::contains)) {
        serials.add(serial);
      }
    }
    return serials;
  }

  @Test
  @DisplayName(
      "E1: GET of good and revoked may be cached until nextUpdate, with real dates and 304")
  void caching() throws IOException {
    for (SerialNumber serial : List.of(VALID, LOST)) {
      Reply reply = client.get(path(serial));
      assertThat(reply.header("Cache-Control"))
          .contains("max-age=60, public, no-transform, must-revalidate");
      assertThat(reply.header("Date")).contains("Sun, 22 Nov 2026 04:00:00 GMT");
      assertThat(reply.header("Last-Modified")).contains("Sun, 22 Nov 2026 04:00:00 GMT");
      assertThat(reply.header("Expires")).contains("Sun, 22 Nov 2026 04:01:00 GMT");
      String etag = reply.header("ETag").orElseThrow();
      assertThat(etag).matches("\"[0-9a-f]{16}\"");

      Reply again = client.get(path(serial), "If-None-Match: \"x\", " + etag);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("ETag")).contains(etag);
      assertThat(client.get(path(serial), "If-None-Match: \"x\"").status()).isEqualTo(200);
      assertThat(
              client.get(path(serial), "If-Modified-Since: Sun, 22 Nov 2026 04:00:00 GMT").status())
          .isEqualTo(304);
    }
  }

  @Test
  @DisplayName("E1: unknown, refusals and answers to a nonce are never cached")
  void neverCached() throws IOException {
    byte[] nonce = new OcspQuestion(ISSUER).about(VALID).nonce(16).encoded();
    byte[] foreign =
        new OcspQuestion(new TestPki(TestPki.NOW).issuing().certificate()).about(VALID).encoded();
    for (byte[] request : List.of(DeskFixture.question(serial(77)), nonce, foreign, new byte[3])) {
      Reply reply =
          client.get(
              "/ocsp/"
                  + Base64.getUrlEncoder()
                      .encodeToString(request)
                      .replace("_", "%2F")
                      .replace("-", "%2B"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.header("ETag")).isEmpty();
      assertThat(reply.header("Expires")).isEmpty();
    }
  }

  @Test
  @DisplayName("E1: an HTTP/1.0 client, as nginx and Apache are, gets a length and a close")
  void http10() throws IOException {
    Reply reply = client.send("GET " + path(VALID) + " HTTP/1.0\r\nHost: x\r\n\r\n", new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Transfer-Encoding")).isEmpty();
    assertThat(ocsp(reply).status()).isEqualTo(GOOD);
    byte[] body = DeskFixture.question(LOST);
    Reply post =
        client.send("POST /ocsp HTTP/1.0\r\nContent-Length: " + body.length + "\r\n\r\n", body);
    assertThat(ocsp(post).status()).isEqualTo(DeskFixture.revoked(RevocationReason.KEY_COMPROMISE));
  }

  @Test
  @DisplayName("E1: a body in chunks or octet by octet is read whole")
  void bodyInPieces() throws IOException {
    byte[] body = DeskFixture.question(VALID);
    String chunk = Integer.toHexString(body.length) + "\r\n" + new String(body, ISO_8859_1);
    Reply chunked =
        client.send(
            RawClient.head("POST", "/ocsp", "Transfer-Encoding: chunked") + chunk + "\r\n0\r\n\r\n",
            new byte[0]);
    assertThat(ocsp(chunked).status()).isEqualTo(GOOD);
    try (Socket socket = client.connect()) {
      String head = RawClient.head("POST", "/ocsp", "Content-Length: " + body.length);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      for (byte octet : body) {
        socket.getOutputStream().write(octet);
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  @Tag("S18")
  @DisplayName("S18: what is no request is answered malformedRequest over POST and GET, never 5xx")
  void noRequest() throws IOException {
    byte[] whole = DeskFixture.question(VALID);
    List<byte[]> bodies = new ArrayList<>();
    for (int length = 0; length < whole.length; length += 7) {
      bodies.add(java.util.Arrays.copyOf(whole, length));
    }
    bodies.add(java.util.Arrays.copyOf(whole, whole.length + 1));
    bodies.add(new OcspQuestion(ISSUER).about(VALID).nonce(129).encoded());
    OcspQuestion many = new OcspQuestion(ISSUER);
    for (int i = 1; i <= 33; i++) {
      many.about(BigInteger.valueOf(i));
    }
    bodies.add(many.encoded());
    for (byte[] body : bodies) {
      Reply post = client.post("/ocsp", body);
      assertThat(post.status()).isEqualTo(200);
      assertThat(post.header("Content-Type")).contains("application/ocsp-response");
      assertThat(ocsp(post).code()).isEqualTo(1);
      String base64 = Base64.getEncoder().encodeToString(body).replace("/", "%2F");
      assertThat(ocsp(client.get("/ocsp/" + base64)).code()).isEqualTo(1);
    }
  }

  @Test
  @Tag("S13")
  @DisplayName("S13: over 10 KiB 413 whether told or not, header over 8 KiB 431")
  void tooLong() throws IOException {
    assertThat(client.post("/ocsp", new byte[1 << 20]).status()).isEqualTo(413);
    OcspQuestion thousand = new OcspQuestion(ISSUER);
    for (int i = 1; i <= 1000; i++) {
      thousand.about(BigInteger.valueOf(i));
    }
    assertThat(client.post("/ocsp", thousand.encoded()).status()).isEqualTo(413);
    assertThat(
            client
                .post("/ocsp", new OcspQuestion(ISSUER).about(VALID).nonce(65_536).encoded())
                .status())
        .isEqualTo(413);
    String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
    assertThat(
            client
                .send(
                    RawClient.head("POST", "/ocsp", "Transfer-Encoding: chunked") + chunk + chunk,
                    new byte[0])
                .status())
        .isEqualTo(413);
    assertThat(client.get("/ocsp/" + "A".repeat(9_000)).status()).isIn(414, 431);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /ocsp, 405",
    "PUT, /ocsp, 405",
    "DELETE, /ocsp/MAA, 405",
    "POST, /ocsp/MAA, 405",
    "POST, /crl/small, 405",
    "GET, /, 404",
    "GET, /ocspx, 404",
    "GET, /nothing, 404",
    "POST, /nothing, 404",
    "GET, /%2e%2e/etc/passwd, 400",
    "GET, /crl%2Fsmall, 404",
    "OPTIONS, *, 404"
  })
  @DisplayName(
      "a wrong method is 405, another path 404, one above the root 400, all without a body")
  void wrongMethodOrPath(String method, String path, int status) throws IOException {
    Reply reply = client.send(RawClient.head(method, path), new byte[0]);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Allow").isPresent()).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "a b", "MAA%00", "%252F", "M*A", "MAA%FF", "é"})
  @DisplayName("S18: a path that is no base64 is 400")
  void noBase64(String rest) throws IOException {
    assertThat(client.get("/ocsp/" + rest).status()).isEqualTo(400);
  }

  @Test
  @Tag("E2")
  @DisplayName(
      "E2: a file is sent whole with length and caching, HEAD without it, unchanged is 304")
  void files() throws IOException {
    Reply reply = client.get("/crl/issuing.crl");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/pkix-crl");
    assertThat(reply.header("Cache-Control")).contains("max-age=3600");
    assertThat(reply.header("ETag")).contains("\"abc123\"");
    assertThat(reply.body()).hasSize(CRL_OCTETS);
    Reply head = client.send(RawClient.head("HEAD", "/crl/issuing.crl"), new byte[0]);
    assertThat(head.header("Content-Length")).contains(Integer.toString(CRL_OCTETS));
    assertThat(head.body()).isEmpty();
    assertThat(client.send(RawClient.head("HEAD", "/crl/small"), new byte[0]).body()).isEmpty();
    assertThat(new String(client.get("/crl/small?x=1").body(), US_ASCII)).isEqualTo("small");
    assertThat(client.get("/crl/issuing.crl", "If-None-Match: \"abc123\"").status()).isEqualTo(304);
    assertThat(client.get("/crl/gone.crl").status()).isEqualTo(503);
  }

  @Test
  @Tag("S13")
  @DisplayName("S13: 200 slow headers and 200 slow bodies do not keep another client waiting")
  void slowClients() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket header = client.connect();
        header.getOutputStream().write("GET /ocsp/M HTTP/1.1\r\nX-Slow: ".getBytes(US_ASCII));
        Socket body = client.connect();
        String head = RawClient.head("POST", "/ocsp", "Content-Length: 5000");
        body.getOutputStream().write((head + "x").getBytes(US_ASCII));
        crowd.add(header);
        crowd.add(body);
      }
      long since = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(ocsp(client.post("/ocsp", DeskFixture.question(VALID))).status())
            .isEqualTo(GOOD);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  @Test
  @Tag("S13")
  @DisplayName(
      "S13: a client that sends an octet now and then is closed, and the full listener goes on")
  void trickle() throws IOException {
    Duration soon = Duration.ofSeconds(1);
    try (StatusListener strict = listener(new ListenerLimits(8192, 10_240, soon, soon, 20, 8))) {
      RawClient visitor = new RawClient(strict.port());
      List<Socket> crowd = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        Socket socket = visitor.connect();
        socket.getOutputStream().write("POST /ocsp HTTP/1.1\r\nX: ".getBytes(US_ASCII));
        crowd.add(socket);
      }
      await()
          .pollInterval(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(10))
          .until(() -> trickled(crowd));
      assertThat(ocsp(visitor.post("/ocsp", DeskFixture.question(VALID))).status()).isEqualTo(GOOD);
    }
  }

  /** Sends one more octet on each; whether every one was closed by the other end. */
  private static boolean trickled(List<Socket> crowd) {
    crowd.removeIf(
        socket -> {
          try {
            socket.getOutputStream().write('x');
            return false;
          } catch (IOException closed) {
            return true;
          }
        });
    return crowd.isEmpty();
  }

  private static String path(SerialNumber serial) {
    String base64 = Base64.getEncoder().encodeToString(DeskFixture.question(serial));
    return "/ocsp/" + base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
  }

  private static OcspReply ocsp(Reply reply) {
    return new OcspReply(reply.body());
  }
}
