package dev.inkan.server.tls;

import static dev.inkan.server.tls.SlowClients.get;
import static dev.inkan.server.tls.SlowClients.head;
import static dev.inkan.server.tls.SlowClients.isClosed;
import static dev.inkan.server.tls.SlowClients.post;
import static dev.inkan.server.tls.SlowClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The listener that insists on our certificates, as operators have it: a hundred connections,
 * sixteen threads, bodies of 1 MiB. Who holds it up may be a stranger, or a subscriber, whom the
 * handshake lets through.
 */
@Tag("S13")
class OperatorListenerLimitsTest {

  private static final int CONNECTIONS = 100;
  private static final int CROWD = 90;
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final TlsTestPki PKI = new TlsTestPki();

  @TempDir Path folder;

  private final SlowClients operators = new SlowClients(PKI.subscriber("operator"));
  private final SlowClients strangers = new SlowClients();
  private final List<ListenerUnderTest> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    operators.close();
    strangers.close();
    open.forEach(ListenerUnderTest::close);
  }

  @Test
  @DisplayName("S13: 45 slow headers and 45 slow bodies do not stop an operator's GET, nor a POST")
  void slowRequestsStopNobody() throws Exception {
    int port = listen(LONG);
    operators.trickle(
        operators.gather(CROWD / 2, port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
    operators.trickle(operators.gather(CROWD / 2, port, post(900_000, "{\"x\":")));
    assertThat(timeOf(port, get())).isLessThan(SOON);
    assertThat(timeOf(port, post(4, "a=bc"))).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: 45 silent handshakes and 45 idle connections do not stop an operator's GET")
  void silenceStopsNobody() throws Exception {
    int port = listen(LONG);
    for (int i = 0; i < CROWD / 2; i++) {
      strangers.silent(port);
    }
    operators.gather(CROWD / 2, port, "");
    assertThat(timeOf(port, get())).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: an operator's request that drips is closed: header, body and handshake")
  void whatDripsIsClosed() throws Exception {
    int port = listen(SHORT);
    SSLSocket header = operators.connect(port);
    send(header, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    SSLSocket body = operators.connect(port);
    send(body, post(900_000, "{\"x\":"));
    Socket handshake = strangers.silent(port);
    handshake.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
    operators.trickle(List.of(header, body, handshake));
    await()
        .atMost(SHORT.multipliedBy(4))
        .until(() -> isClosed(header) && isClosed(body) && isClosed(handshake));
  }

  @Test
  @DisplayName("S13: when strangers have taken every connection, an operator comes in all the same")
  void aFullListenerRecovers() throws Exception {
    int port = listen(LONG, 20);
    for (int i = 0; i < 25; i++) {
      strangers.silent(port);
    }
    assertThat(timeOf(port, get())).as("sooner than they are idle").isLessThan(LONG.dividedBy(2));
  }

  @Test
  @DisplayName("S13: a body of 1 MiB is taken, one octet more is 413, a header over 8 KiB 431")
  void sizesAreLimited() throws Exception {
    int port = listen(LONG);
    int most = 1 << 20;
    String long8 = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n";
    assertThat(operators.answer(port, post(most, "x".repeat(most)))).contains(most + " octets");
    assertThat(operators.answer(port, post(most + 1, "x".repeat(most + 1))))
        .startsWith("HTTP/1.1 413");
    assertThat(operators.answer(port, long8)).startsWith("HTTP/1.1 431");
    assertThat(operators.answer(port, head("GET /", "Connection: close") + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private int listen(Duration response) {
    return listen(response, CONNECTIONS);
  }

  private int listen(Duration response, int connections) {
    ListenerLimits limits = new ListenerLimits(8_192, 1 << 20, response, response, connections, 16);
    var listener =
        new ListenerUnderTest(
            PKI, PKI.server(), new FakeLedger(), limits, folder, WebListener.Visitors.OURS_ALONE);
    open.add(listener);
    return listener.port();
  }

  private Duration timeOf(int port, String request) throws Exception {
    long start = System.nanoTime();
    assertThat(operators.answer(port, request)).startsWith("HTTP/1.1 200");
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
