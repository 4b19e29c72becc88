package dev.inkan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.crl.CrlContent;
import dev.inkan.core.crl.CrlEntries;
import dev.inkan.core.crl.CrlSigner;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.key.Credential;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code inkan-crl-fetch} without a gateway: what it puts in place, and what not. */
@Tag("E2")
@Tag("E3")
class CrlFetchTest {

  private static final Path SCRIPT = Path.of("../config/gateway/crl/inkan-crl-fetch");
  private static final TestPki PKI = new TestPki(now().minus(Duration.ofHours(1)));
  private static final TestPki OTHER = new TestPki(now().minus(Duration.ofHours(1)));
  private static final Instant BEFORE = now().minus(Duration.ofMinutes(30));
  private static final Instant LATER = now().plus(Duration.ofDays(1));

  /** The script has no other clock than the machine's. */
  private static Instant now() {
    return Instant.now();
  }

  @TempDir private Path folder;

  private HttpServer server;
  private volatile String served = "";
  private volatile boolean unchanged;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(folder.resolve("chain.pem"), Pem.certificates(PKI.issuing().chain()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = served.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().add("ETag", "\"one\"");
    exchange.sendResponseHeaders(unchanged ? 304 : 200, unchanged ? -1 : body.length);
    if (!unchanged) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  @DisplayName("E3: sound CRLs of the whole chain are put in place, and a lower number never after")
  void putInPlace() throws IOException {
    String both = issuing(7, BEFORE, LATER) + root(PKI, 3);
    ends(both, 0, "in place");
    assertThat(inPlace()).isEqualTo(both);

    ends(issuing(6, BEFORE, LATER) + root(PKI, 3), 4, "lower than 0x7 in place");
    assertThat(inPlace()).isEqualTo(both);
  }

  @Test
  @DisplayName(
      "E3: what ended, or begins later, or lacks a CA's, or has a wrong signature stays out")
  void notSound() throws IOException {
    String both = issuing(7, BEFORE, LATER) + root(PKI, 3);
    ends(both, 0, "in place");

    ends(issuing(8, BEFORE, now().minusSeconds(5)) + root(PKI, 3), 4, " ended at ");
    ends(issuing(8, now().plusSeconds(600), LATER) + root(PKI, 3), 4, "begins at");
    ends(issuing(8, BEFORE, LATER), 4, "holds 1 CRLs for 2 CAs");
    ends(issuing(8, BEFORE, LATER) + root(OTHER, 4), 4, "not exactly one CRL signed by");
    ends(issuing(8, BEFORE, LATER) + issuing(9, BEFORE, LATER), 4, "not exactly one CRL signed by");
    ends("<html>", 4, "holds 0 CRLs for 2 CAs");
    assertThat(inPlace()).isEqualTo(both);
  }

  @Test
  @DisplayName("E3: nothing new is well, unless one in place ended meanwhile: that is said")
  void nothingNew() throws IOException {
    ends(issuing(7, BEFORE, LATER) + root(PKI, 3), 0, "in place");
    unchanged = true;
    ends("", 0, "nothing new");

    Files.writeString(
        folder.resolve("crl.pem"), issuing(7, BEFORE, now().minusSeconds(5)) + root(PKI, 3));
    ends("", 4, "a CRL in place ended at");
  }

  private void ends(String text, int exit, String line) {
    served = text;
    Program.Outcome outcome =
        Program.run(
            List.of(
                SCRIPT.toString(),
                "--gateway",
                "none",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/crl/chain.pem",
                "--chain",
                folder.resolve("chain.pem").toString(),
                "--crl",
                folder.resolve("crl.pem").toString()));
    assertThat(outcome.output()).contains(line);
    assertThat(outcome.exit()).isEqualTo(exit);
  }

  private String inPlace() throws IOException {
    return Files.readString(folder.resolve("crl.pem"));
  }

  private static String issuing(long number, Instant from, Instant to) throws IOException {
    return crl(PKI.issuing(), TestPki.PUBLICATION.issuing(), number, from, to);
  }

  private static String root(TestPki pki, long number) throws IOException {
    return crl(pki.root(), TestPki.PUBLICATION.root(), number, BEFORE, LATER);
  }

  private static String crl(
      Credential ca, AuthorityUris uris, long number, Instant from, Instant to) throws IOException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    new CrlSigner(Issuer.of(ca.certificate(), uris), ca::newSigner)
        .sign(CrlContent.full(new CrlNumber(number), from, to), CrlEntries.NONE, der);
    ByteArrayOutputStream pem = new ByteArrayOutputStream();
    Pem.crl(new ByteArrayInputStream(der.toByteArray()), pem);
    return pem.toString(StandardCharsets.US_ASCII);
  }
}
