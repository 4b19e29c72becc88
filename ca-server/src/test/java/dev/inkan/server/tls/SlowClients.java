package dev.inkan.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Clients over TLS that send what and when a test says. Closes every socket it opened. */
final class SlowClients implements Closeable {

  private final List<Closeable> open = new ArrayList<>();
  private final SSLContext context;

  /** Clients without a certificate. */
  SlowClients() {
    context = context(new Trusting());
  }

  /** Clients that show this certificate. */
  SlowClients(TlsTestPki.Issued shown) {
    context = context(new Trusting(), shown);
  }

  private static SSLContext context(TrustManager trust, TlsTestPki.Issued... shown) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (TlsTestPki.Issued issued : shown) {
        store.setKeyEntry(
            "key",
            issued.keys().getPrivate(),
            TlsTestPki.PASSWORD,
            new Certificate[] {issued.certificate()});
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, TlsTestPki.PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection that says nothing, not even of TLS. */
  Socket silent(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    return socket;
  }

  /** A connection after the handshake. */
  SSLSocket connect(int port) throws IOException {
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    socket.setSoTimeout(60_000);
    socket.startHandshake();
    return socket;
  }

  /** So many connections, on each of which {@code start} was sent. */
  List<SSLSocket> gather(int count, int port, String start) throws IOException {
    List<SSLSocket> slow = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SSLSocket socket = connect(port);
      send(socket, start);
      slow.add(socket);
    }
    return slow;
  }

  /** Sends an octet on every socket four times a second until the test ends. */
  void trickle(List<? extends Socket> sockets) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    open.add(timer::shutdownNow);
    for (Socket socket : sockets) {
      var sending = timer.scheduleAtFixedRate(() -> drip(socket), 0, 250, TimeUnit.MILLISECONDS);
      open.add(() -> sending.cancel(true));
    }
  }

  private static void drip(Socket socket) {
    try {
      send(socket, "x");
    } catch (IOException closedByTheServer) {
      throw new IllegalStateException(closedByTheServer); // Ends this socket's timer.
    }
  }

  /** Everything the server answers to {@code request} on a connection of its own. */
  String answer(int port, String request) throws IOException {
    try (SSLSocket socket = connect(port)) {
      send(socket, request);
      return rest(socket);
    }
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** What comes until the server closes. */
  static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  /** Reads away what is there; whether the server closed. */
  static boolean isClosed(Socket socket) {
    byte[] away = new byte[1_024];
    int read = 0;
    try {
      socket.setSoTimeout(10);
      while (read >= 0) {
        read = socket.getInputStream().read(away);
      }
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  static String get() {
    return head("GET /", "Connection: close") + "\r\n";
  }

  static String post(int length, String body) {
    return head("POST /form", "Connection: close", "Content-Length: " + length) + "\r\n" + body;
  }

  static String head(String target, String... fields) {
    return target + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", fields) + "\r\n";
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : open) {
      closeable.close();
    }
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
