package dev.inkan.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * «The application behind»: tells every header that it got. Also serves files that a test made up,
 * as a status listener gone wrong would.
 */
final class EchoApplication implements AutoCloseable {

  static final String GREETING = "this is the application";

  private final HttpServer server;
  private final Map<String, String> files = new ConcurrentHashMap<>();

  EchoApplication() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** {@code HOST:PORT}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void serve(String path, String text) {
    files.put(path, text);
  }

  private void answer(HttpExchange exchange) throws IOException {
    StringBuilder headers = new StringBuilder(GREETING).append('\n');
    new TreeMap<>(exchange.getRequestHeaders())
        .forEach(
            (name, values) ->
                values.forEach(it -> headers.append(name).append(": ").append(it).append('\n')));
    String text = files.getOrDefault(exchange.getRequestURI().getPath(), headers.toString());
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
