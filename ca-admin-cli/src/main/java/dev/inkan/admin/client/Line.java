package dev.inkan.admin.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 to the admin API, straight and without redirections. Of the JDK's two clients it is the
 * plain one: the other loads a thousand classes more, and its thread holds up the end of the
 * process by 0.3 s.
 */
final class Line {

  private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(10);

  private final URI server;
  private final Duration timeout;
  private final SSLSocketFactory sockets;

  Line(URI server, Duration timeout, SSLSocketFactory sockets) {
    this.server = server;
    this.timeout = timeout;
    this.sockets = sockets;
  }

  /** An answer whose body is yet to be read, and closed. */
  record Answer(int status, Optional<String> type, InputStream body) {

    boolean isDone() {
      return status / 100 == 2;
    }
  }

  Answer get(Resource resource) {
    try {
      return answer(open(resource));
    } catch (IOException e) {
      throw brokenBy(e);
    }
  }

  Answer post(Resource resource, String json) {
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    try {
      HttpsURLConnection connection = open(resource);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      // Also keeps the JDK from sending it a second time where the first broke off.
      connection.setFixedLengthStreamingMode(octets.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(octets);
      }
      return answer(connection);
    } catch (IOException e) {
      throw brokenBy(e);
    }
  }

  UnreachableException brokenBy(IOException e) {
    return Unreachable.because(e, server, timeout);
  }

  private HttpsURLConnection open(Resource resource) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection) resource.on(server).toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(sockets);
    connection.setInstanceFollowRedirects(false);
    Duration connecting = timeout.compareTo(CONNECT_AT_MOST) < 0 ? timeout : CONNECT_AT_MOST;
    connection.setConnectTimeout(Math.toIntExact(connecting.toMillis()));
    connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setRequestProperty(
        "Accept", "application/json, application/problem+json, */*;q=0.5");
    return connection;
  }

  private static Answer answer(HttpsURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    @Nullable InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new Answer(
        status,
        Optional.ofNullable(connection.getContentType()),
        body == null ? InputStream.nullInputStream() : body);
  }
}
