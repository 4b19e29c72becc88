package dev.inkan.server.tls;

import static dev.inkan.server.tls.SlowClients.head;
import static dev.inkan.server.tls.SlowClients.isClosed;
import static dev.inkan.server.tls.SlowClients.post;
import static dev.inkan.server.tls.SlowClients.rest;
import static dev.inkan.server.tls.SlowClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body over the limit: its sender reads why, and holds nothing for long. */
@Tag("S13")
class RefusedBodyTest {

  private static final int LIMIT = 65_536;
  private static final Duration BOUND = Duration.ofMillis(RefusedBody.MOST_MILLIS);
  private static final Duration PAUSE = BOUND.dividedBy(4);
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final TlsTestPki PKI = new TlsTestPki();

  @TempDir private static Path folder;
  private static ListenerUnderTest listener;

  private final SlowClients clients = new SlowClients();

  @BeforeAll
  static void listen() {
    Duration late = Duration.ofSeconds(60);
    ListenerLimits limits = new ListenerLimits(8_192, LIMIT, late, late, 2_000, 16);
    listener = new ListenerUnderTest(PKI, PKI.server(), new FakeLedger(), limits, folder);
  }

  @AfterAll
  static void stop() {
    listener.close();
  }

  @AfterEach
  void close() throws Exception {
    clients.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 3 * LIMIT})
  @DisplayName("S13: who sends the whole body before it reads, reads 413, told or in chunks")
  void theWholeBodyFirst(int length) throws Exception {
    assertThat(clients.answer(listener.port(), post(length, "x".repeat(length))))
        .startsWith("HTTP/1.1 413");
    String chunked = head("POST /form", "Transfer-Encoding: chunked", "Connection: close") + "\r\n";
    String chunk = Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n0\r\n\r\n";
    assertThat(clients.answer(listener.port(), chunked + chunk)).startsWith("HTTP/1.1 413");
  }

  @Test
  @DisplayName("S13: a body in pieces is read to its end, so that no piece meets a reset")
  void inPieces() throws Exception {
    SSLSocket socket = clients.connect(listener.port());
    String piece = "x".repeat(LIMIT / 2);
    send(socket, post(3 * LIMIT, piece));
    for (int i = 0; i < 5; i++) {
      send(socket, piece);
    }
    assertThat(rest(socket)).startsWith("HTTP/1.1 413");
  }

  @Test
  @DisplayName("S13: the JDK's client, which reads when it has sent all, reads 413")
  void jdkClient() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/form"))
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofByteArray(new byte[2 * LIMIT]))
            .build();
    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(413);
  }

  @Test
  @DisplayName("S13: Expect: 100-continue is answered 413 at once and alone")
  void expectContinue() throws Exception {
    SSLSocket socket = clients.connect(listener.port());
    long since = System.nanoTime();
    send(
        socket,
        head("POST /form", "Content-Length: " + (LIMIT + 1), "Expect: 100-continue") + "\r\n");
    clients.trickle(List.of(socket)); // or a pause alone would bring the answer
    assertThat(readHead(socket)).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
    assertThat(elapsed(since)).isLessThan(BOUND.minus(PAUSE));
  }

  @Test
  @DisplayName("S13: a sender that drips, or says nothing more, has its answer within two seconds")
  void drippingSender() throws Exception {
    SSLSocket drips = clients.connect(listener.port());
    SSLSocket chunks = clients.connect(listener.port());
    SSLSocket says = clients.connect(listener.port());
    send(drips, post(3 * LIMIT, "x"));
    send(chunks, head("POST /form", "Transfer-Encoding: chunked", "Connection: close") + "\r\n");
    send(chunks, "20000\r\n" + "x".repeat(LIMIT + 1));
    send(says, post(3 * LIMIT, "x"));
    clients.trickle(List.of(drips, chunks));
    long since = System.nanoTime();
    assertThat(readHead(says)).startsWith("HTTP/1.1 413");
    assertThat(elapsed(since)).as("after one pause").isLessThan(BOUND);
    assertThat(readHead(drips)).startsWith("HTTP/1.1 413");
    assertThat(readHead(chunks)).startsWith("HTTP/1.1 413");
    assertThat(elapsed(since)).isLessThan(BOUND.plus(SLACK));
    await().atMost(SLACK).until(() -> isClosed(drips) && isClosed(chunks) && isClosed(says));
  }

  @Test
  @DisplayName("S13: more than four times the limit is not read, however fast it comes")
  void tooFast() throws Exception {
    SSLSocket socket = clients.connect(listener.port());
    send(socket, post(1 << 30, ""));
    long since = System.nanoTime();
    long sent = 0;
    try {
      while (elapsed(since).compareTo(BOUND) < 0) {
        send(socket, "x".repeat(16_384));
        sent += 16_384;
      }
    } catch (IOException reset) {
      assertThat(sent).isGreaterThan(LIMIT);
    }
    assertThat(elapsed(since)).as("%s octets were taken", sent).isLessThan(BOUND);
  }

  @Test
  @DisplayName("S13: 32 senders are listened to at once; the next is answered without")
  void fewPlaces() throws Exception {
    for (int round = 0; round < 2; round++) {
      List<SSLSocket> crowd = clients.gather(33, listener.port(), "");
      for (SSLSocket socket : crowd) {
        send(socket, post(3 * LIMIT, "x"));
      }
      clients.trickle(crowd);
      // Which of them it is, the server's threads decide.
      await("round %d: one has no place".formatted(round))
          .atMost(BOUND.minus(PAUSE))
          .until(() -> crowd.stream().filter(SlowClients::isClosed).count() == 1);
      await().atMost(BOUND.plus(SLACK)).until(() -> crowd.stream().allMatch(SlowClients::isClosed));
    }
  }

  /** Everything up to the empty line. */
  private static String readHead(SSLSocket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        break;
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", PKI.issuing.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
