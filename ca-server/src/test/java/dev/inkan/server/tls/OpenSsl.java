package dev.inkan.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code openssl s_client} as an independent client. */
final class OpenSsl {

  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private OpenSsl() {}

  /** Connects, sends one GET, and returns everything that openssl and the server said. */
  static String get(int port, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-ign_eof"));
    command.addAll(List.of(options));
    return run(REQUEST, command);
  }

  /** Connects, sends {@code request}, and returns everything that openssl and the server said. */
  static String send(int port, String request) throws IOException, InterruptedException {
    return run(
        request, List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-ign_eof"));
  }

  /** Turns a PKCS#12 file into the PEM that {@code -cert} and {@code -key} take. */
  static Path pem(Path pkcs12) throws IOException, InterruptedException {
    Path pem = pkcs12.resolveSibling(pkcs12.getFileName() + ".pem");
    String password = "pass:" + new String(TlsTestPki.PASSWORD);
    run(
        "",
        List.of(
            "openssl",
            "pkcs12",
            "-in",
            pkcs12.toString(),
            "-nodes",
            "-passin",
            password,
            "-out",
            pem.toString()));
    return pem;
  }

  /** Every TLS 1.2 suite that openssl can speak at all. */
  static List<String> suites() throws IOException, InterruptedException {
    String all = run("", List.of("openssl", "ciphers", "-tls1_2", "-s", "ALL:eNULL:@SECLEVEL=0"));
    return List.of(all.strip().split(":", -1));
  }

  private static String run(String input, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.US_ASCII));
      stdin.flush();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(20, TimeUnit.SECONDS);
      return output;
    } catch (IOException refused) {
      // openssl ended before it read the request: what it said is the answer.
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
