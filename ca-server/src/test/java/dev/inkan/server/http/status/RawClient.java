package dev.inkan.server.http.status;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Sends octets as they are, and takes the answer apart. */
final class RawClient {

  private final int port;

  RawClient(int port) {
    this.port = port;
  }

  /** An answer: its status line, its headers as they stand, its body. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Reply(String head, byte[] body) {

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    Optional<String> header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  Reply get(String path, String... headers) throws IOException {
    return send(head("GET", path, headers), new byte[0]);
  }

  Reply post(String path, byte[] body, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + body.length;
    return send(head("POST", path, all), body);
  }

  static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  Reply send(String head, byte[] body) throws IOException {
    try (Socket socket = connect()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(head.getBytes(ISO_8859_1));
      out.writeBytes(body);
      try {
        socket.getOutputStream().write(out.toByteArray());
      } catch (IOException refusedMeanwhile) {
        return parse(socket.getInputStream().readAllBytes()); // the answer came before the end
      }
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static Reply parse(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IllegalStateException("no answer: " + text);
    }
    return new Reply(text.substring(0, end), Arrays.copyOfRange(octets, end + 4, octets.length));
  }
}
