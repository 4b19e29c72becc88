package dev.inkan.server.tls;

import static dev.inkan.server.tls.SlowClients.get;
import static dev.inkan.server.tls.SlowClients.head;
import static dev.inkan.server.tls.SlowClients.isClosed;
import static dev.inkan.server.tls.SlowClients.post;
import static dev.inkan.server.tls.SlowClients.rest;
import static dev.inkan.server.tls.SlowClients.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow, long-winded or too many. */
@Tag("S13")
class WebListenerLimitsTest {

  private static final int CROWD = 200;
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir Path folder;

  private final TlsTestPki pki = new TlsTestPki();
  private final SlowClients clients = new SlowClients();
  private final List<ListenerUnderTest> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    clients.close();
    open.forEach(ListenerUnderTest::close);
  }

  @Test
  @DisplayName("S13: 200 slow headers do not stop another client's GET")
  void slowHeadersStopNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    clients.trickle(clients.gather(CROWD, port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
    assertThat(timeOf(port, get())).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: 200 slow bodies do not stop another client's GET, nor its POST")
  void slowBodiesStopNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    clients.trickle(clients.gather(CROWD, port, post(40_000, "userId=")));
    assertThat(timeOf(port, get())).isLessThan(SOON);
    assertThat(timeOf(port, post(4, "a=bc"))).isLessThan(SOON);
  }

  @Test
  @DisplayName(
      "S13: 200 silent handshakes and 200 idle connections do not stop another client's GET")
  void silenceStopsNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    for (int i = 0; i < CROWD; i++) {
      clients.silent(port);
    }
    clients.gather(CROWD, port, "");
    assertThat(timeOf(port, get())).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: a client that sends a byte now and then is closed all the same")
  void aTricklingClientIsClosed() throws Exception {
    int port = listen(limits(SHORT, 2_000));
    SSLSocket header = clients.connect(port);
    send(header, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    SSLSocket body = clients.connect(port);
    send(body, post(40_000, "userId="));
    clients.trickle(List.of(header, body));
    await().atMost(Duration.ofSeconds(8)).until(() -> isClosed(header) && isClosed(body));
  }

  @Test
  @DisplayName("S13: a client that keeps asking stays connected past the limit")
  void aBusyClientIsNotClosed() throws Exception {
    int port = listen(limits(SHORT, 2_000));
    SSLSocket socket = clients.connect(port);
    long end = System.nanoTime() + SHORT.multipliedBy(3).toNanos();
    while (System.nanoTime() < end) {
      send(socket, head("GET /", "Accept: */*") + "\r\n");
      assertThat(readSome(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  @DisplayName("S13: when every connection is taken by the slow, their end lets the next one in")
  void aFullListenerRecovers() throws Exception {
    int port = listen(limits(SHORT, 50));
    for (int i = 0; i < 60; i++) {
      clients.silent(port);
    }
    assertThat(clients.answer(port, get())).startsWith("HTTP/1.1 200");
  }

  @Test
  @DisplayName("S13: when strangers who say nothing have every connection, the next one is in soon")
  void silenceLeavesAFullListener() throws Exception {
    Duration late = Duration.ofSeconds(30);
    int port = listen(limits(late, 20));
    for (int i = 0; i < 25; i++) {
      clients.silent(port);
    }
    long start = System.nanoTime();
    assertThat(clients.answer(port, get())).startsWith("HTTP/1.1 200");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(late.dividedBy(2));
  }

  @Test
  @DisplayName(
      "S13: bodies wait within one budget: who finds none is told 503, forms and pages go on")
  void bodiesShareABudget() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    List<SSLSocket> holding = clients.gather(33, port, post(65_536, "x".repeat(60_000)));
    assertThat(holding).hasSize(33);
    List<SSLSocket> last = clients.gather(8, port, post(65_536, "x".repeat(65_000)));
    assertThat(rest(last.get(7))).startsWith("HTTP/1.1 503");
    assertThat(clients.answer(port, post(400, "x".repeat(400)))).contains("400 octets");
    for (SSLSocket socket : holding) {
      socket.close();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> clients.answer(port, post(65_536, "x".repeat(65_536))).contains("65536"));
  }

  @Test
  @DisplayName("S13: a long answer is read to its end however long that takes; unread it ends")
  void longAnswers() throws Exception {
    int port = listen(limits(SHORT, 2_000));
    SSLSocket living = clients.connect(port);
    SSLSocket dead = clients.connect(port);
    for (SSLSocket socket : List.of(living, dead)) {
      send(socket, head("GET /long", "Connection: close") + "\r\n");
    }
    long start = System.nanoTime();
    AtomicLong read = new AtomicLong();
    await("1 MiB now and then")
        .pollInterval(Duration.ofMillis(250))
        .atMost(Duration.ofSeconds(40))
        .until(() -> took(living, read) < 1 << 20);
    assertThat(read.get()).isGreaterThan(ListenerUnderTest.LONG_ANSWER);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT.multipliedBy(2));
    assertThat(octets(dead)).isLessThan(ListenerUnderTest.LONG_ANSWER);
  }

  private static long took(SSLSocket socket, AtomicLong read) throws IOException {
    int octets = socket.getInputStream().readNBytes(1 << 20).length;
    long unused = read.addAndGet(octets);
    return octets;
  }

  /** How many come until the end, or the connection's. */
  private static long octets(SSLSocket socket) {
    byte[] piece = new byte[64 * 1024];
    long octets = 0;
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(piece)) {
        octets += read;
      }
    } catch (IOException e) {
      assertThat(e).as("closed in the middle").isNotNull();
    }
    return octets;
  }

  @Test
  @DisplayName("S13: header over 8 KiB 431, body over 64 KiB 413 before it is sent, chunked too")
  void sizesAreLimited() throws Exception {
    int port = listen(ListenerLimits.standard());
    String header =
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(9_000) + "\r\n\r\n";
    assertThat(clients.answer(port, header)).startsWith("HTTP/1.1 431");
    assertThat(clients.answer(port, post(65_536, "x".repeat(65_536)))).contains("65536 octets");
    assertThat(clients.answer(port, post(65_537, ""))).startsWith("HTTP/1.1 413");
    String chunk = "8000\r\n" + "x".repeat(32_768) + "\r\n";
    String chunked = head("POST /form", "Transfer-Encoding: chunked", "Connection: close") + "\r\n";
    assertThat(clients.answer(port, chunked + chunk + "0\r\n\r\n")).contains("32768 octets");
    assertThat(clients.answer(port, chunked + chunk + chunk + chunk + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  @DisplayName("a body sent octet by octet arrives whole; one that is broken off reaches nobody")
  void aBodyInPiecesArrivesWhole() throws Exception {
    int port = listen(ListenerLimits.standard());
    SSLSocket broken = clients.connect(port);
    send(broken, post(10, "a=b"));
    broken.close();
    SSLSocket socket = clients.connect(port);
    send(socket, post(300, ""));
    for (int i = 0; i < 300; i++) {
      send(socket, "x");
    }
    assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).contains("300 octets");
    await().until(() -> listening().formsSeen() == 1);
  }

  private ListenerUnderTest listening() {
    return open.get(0);
  }

  private int listen(ListenerLimits limits) {
    var listener = new ListenerUnderTest(pki, pki.server(), new FakeLedger(), limits, folder);
    open.add(listener);
    return listener.port();
  }

  private static ListenerLimits limits(Duration response, int connections) {
    return new ListenerLimits(8_192, 65_536, response, response, connections, 16);
  }

  private Duration timeOf(int port, String request) throws Exception {
    long start = System.nanoTime();
    assertThat(clients.answer(port, request)).startsWith("HTTP/1.1 200");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String readSome(SSLSocket socket) throws IOException {
    byte[] buffer = new byte[4_096];
    int read = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(0, read), US_ASCII);
  }
}
