package dev.inkan.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
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
  private final List<Socket> crowd = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Socket socket : crowd) {
      socket.close();
    }
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  @DisplayName("S13: 200 slow headers do not stop another client's GET")
  void slowHeadersStopNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    trickle(gather(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), "x");
    assertThat(timeOf(port, get())).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: 200 slow bodies do not stop another client's GET, nor its POST")
  void slowBodiesStopNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    trickle(gather(port, post(40_000, "userId=")), "x");
    assertThat(timeOf(port, get())).isLessThan(SOON);
    assertThat(timeOf(port, post(4, "a=bc"))).isLessThan(SOON);
  }

  @Test
  @DisplayName(
      "S13: 200 silent handshakes and 200 idle connections do not stop another client's GET")
  void silenceStopsNobody() throws Exception {
    int port = listen(limits(Duration.ofSeconds(20), 2_000));
    for (int i = 0; i < CROWD; i++) {
      crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    gather(port, "");
    assertThat(timeOf(port, get())).isLessThan(SOON);
  }

  @Test
  @DisplayName("S13: a client that sends a byte now and then is closed all the same")
  void aTricklingClientIsClosed() throws Exception {
    int port = listen(limits(SHORT, 2_000));
    SSLSocket header = connect(port);
    send(header, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    SSLSocket body = connect(port);
    send(body, post(40_000, "userId="));
    trickle(List.of(header, body), "x");
    await().atMost(Duration.ofSeconds(8)).until(() -> isClosed(header) && isClosed(body));
  }

  @Test
  @DisplayName("S13: a client that keeps asking stays connected past the limit")
  void aBusyClientIsNotClosed() throws Exception {
    int port = listen(limits(SHORT, 2_000));
    SSLSocket socket = connect(port);
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
      crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    assertThat(answer(port, get())).startsWith("HTTP/1.1 200");
  }

  @Test
  @DisplayName("S13: header over 8 KiB 431, body over 64 KiB 413 before it is sent, chunked too")
  void sizesAreLimited() throws Exception {
    int port = listen(ListenerLimits.standard());
    String header =
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(9_000) + "\r\n\r\n";
    assertThat(answer(port, header)).startsWith("HTTP/1.1 431");
    assertThat(answer(port, post(65_536, "x".repeat(65_536)))).contains("65536 octets");
    assertThat(answer(port, post(65_537, ""))).startsWith("HTTP/1.1 413");
    String chunk = "8000\r\n" + "x".repeat(32_768) + "\r\n";
    String chunked = head("POST /form", "Transfer-Encoding: chunked", "Connection: close") + "\r\n";
    assertThat(answer(port, chunked + chunk + "0\r\n\r\n")).contains("32768 octets");
    assertThat(answer(port, chunked + chunk + chunk + chunk + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  @DisplayName("a body sent octet by octet arrives whole; one that is broken off reaches nobody")
  void aBodyInPiecesArrivesWhole() throws Exception {
    int port = listen(ListenerLimits.standard());
    SSLSocket broken = connect(port);
    send(broken, post(10, "a=b"));
    broken.close();
    SSLSocket socket = connect(port);
    send(socket, post(300, ""));
    for (int i = 0; i < 300; i++) {
      send(socket, "x");
    }
    assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).contains("300 octets");
    await().until(() -> listening().formsSeen() == 1);
  }

  private ListenerUnderTest listening() {
    return (ListenerUnderTest) open.get(0);
  }

  private int listen(ListenerLimits limits) {
    var listener = new ListenerUnderTest(pki, pki.server(), new FakeLedger(), limits, folder);
    open.add(listener);
    return listener.port();
  }

  private static ListenerLimits limits(Duration response, int connections) {
    return new ListenerLimits(8_192, 65_536, response, response, connections, 16);
  }

  private List<SSLSocket> gather(int port, String start) throws Exception {
    List<SSLSocket> slow = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      SSLSocket socket = connect(port);
      send(socket, start);
      slow.add(socket);
    }
    return slow;
  }

  /** Sends {@code octets} on every socket four times a second until the test ends. */
  private void trickle(List<SSLSocket> sockets, String octets) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    open.add(timer::shutdownNow);
    for (SSLSocket socket : sockets) {
      var sending =
          timer.scheduleAtFixedRate(() -> drip(socket, octets), 0, 250, TimeUnit.MILLISECONDS);
      open.add(() -> sending.cancel(true));
    }
  }

  private static void drip(SSLSocket socket, String octets) {
    try {
      send(socket, octets);
    } catch (IOException closedByTheServer) {
      throw new IllegalStateException(closedByTheServer); // Ends this socket's timer.
    }
  }

  private static boolean isClosed(SSLSocket socket) {
    try {
      socket.setSoTimeout(10);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  private static String get() {
    return head("GET /", "Connection: close") + "\r\n";
  }

  private static String post(int length, String body) {
    return head("POST /form", "Connection: close", "Content-Length: " + length) + "\r\n" + body;
  }

  private static String head(String target, String... fields) {
    return target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", fields) + "\r\n";
  }

  private Duration timeOf(int port, String request) throws Exception {
    long start = System.nanoTime();
    assertThat(answer(port, request)).startsWith("HTTP/1.1 200");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private String answer(int port, String request) throws Exception {
    try (SSLSocket socket = connect(port)) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static String readSome(SSLSocket socket) throws IOException {
    byte[] buffer = new byte[4_096];
    int read = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(0, read), US_ASCII);
  }

  private static void send(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private SSLSocket connect(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    crowd.add(socket);
    socket.setSoTimeout(15_000);
    socket.startHandshake();
    return socket;
  }

  private static final class Trusting implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("a client's trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // What the server shows is not what these tests are about.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
