package dev.inkan.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A visitor of a gateway, played by curl: a new connection and a full handshake for each request,
 * by OpenSSL, which tells TLS alerts by name.
 *
 * @param port where the gateway listens
 * @param pem the visitor's certificate and key, if there is one to show
 */
public record GatewayVisitor(int port, Optional<Path> pem) {

  private static final String END = "\n--status ";

  /**
   * What came back.
   *
   * @param status of HTTP; 0 if the handshake or the connection broke
   * @param text the page, or curl's words for why there is none
   */
  public record Answer(int status, String text) {

    /** The page's heading, the alert's name, or the first line. */
    public String gist() {
      int heading = text.indexOf("<h1>");
      if (heading >= 0) {
        return text.substring(heading + 4, text.indexOf("</h1>", heading));
      }
      int alert = text.indexOf("alert ");
      if (alert >= 0) {
        return text.substring(alert).lines().findFirst().orElse("").replaceFirst(", errno.*", "");
      }
      return text.strip().lines().findFirst().orElse("");
    }
  }

  /** GETs a path of a host, with further headers, each {@code Name: value}. */
  public Answer get(String host, String path, String... headers) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "curl", "-sS", "-k", "--http1.1", "--max-time", "20", "-w", END + "%{http_code}"));
    line.addAll(List.of("--resolve", host + ":" + port + ":127.0.0.1"));
    pem.ifPresent(
        file -> line.addAll(List.of("--cert", file.toString(), "--key", file.toString())));
    for (String header : headers) {
      line.addAll(List.of("-H", header));
    }
    line.add("https://" + host + ":" + port + path);
    String said = Program.run(line).output();
    int end = said.lastIndexOf(END);
    return end < 0
        ? new Answer(0, said)
        : new Answer(
            Integer.parseInt(said.substring(end + END.length()).substring(0, 3)),
            said.substring(0, end) + said.substring(end + END.length() + 3));
  }

  /**
   * GETs from one name of the gateway after a handshake for another.
   *
   * @param sni the name in the handshake; empty for none at all
   */
  public Answer misdirected(String sni, String host) {
    List<String> line =
        new ArrayList<>(
            List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-quiet", "-ign_eof"));
    line.addAll(sni.isEmpty() ? List.of("-noservername") : List.of("-servername", sni));
    pem.ifPresent(file -> line.addAll(List.of("-cert", file.toString(), "-key", file.toString())));
    String request = "GET / HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n";
    String said = Program.run(line, request.formatted(host, port)).output();
    int begin = said.indexOf("HTTP/1.1 ");
    return begin < 0
        ? new Answer(0, said)
        : new Answer(Integer.parseInt(said.substring(begin + 9, begin + 12)), said);
  }
}
