package dev.inkan.server.http.web;

import dev.inkan.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** Octets as no decent client would send them, and what came back. */
record RawExchange(String head, String body) {

  static RawExchange send(TestServer server, byte[] request) {
    try (SSLSocket socket =
        (SSLSocket)
            server.tls().getSocketFactory().createSocket("localhost", server.url().getPort())) {
      socket.setSoTimeout(40_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      return new RawExchange(
          end < 0 ? all : all.substring(0, end), end < 0 ? "" : all.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawExchange send(TestServer server, String request) {
    return send(server, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  /** A header's value; empty where it is missing. */
  String header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
