package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.RevocationReason;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain HTTP behind a gateway at 127.0.0.1, over a real listener. */
@Tag("S6")
final class GatewayListenerTest {

  private static final String GATEWAY = "127.0.0.1";
  private static final String STRANGER = "127.0.0.2";

  @TempDir Path folder;

  private final TlsTestPki pki = new TlsTestPki();
  private final FakeLedger ledger = new FakeLedger();
  private final ClientCertificateReader reader =
      new ClientCertificateReader(List.of(pki.issuing.certificate()), ledger, Clock.systemUTC());
  private Javalin javalin;

  @BeforeEach
  void listen() {
    var listener =
        new WebListener(
            GATEWAY, 0, Optional.empty(), ProxyAddresses.parse(GATEWAY), ListenerLimits.standard());
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.threadPool = listener.threadPool();
              config.jetty.modifyServer(listener::guard);
              config.jetty.addConnector(listener::connector);
              config.routes.get("/", this::tell);
              config.routes.post("/", this::tell);
            });
    javalin.start();
  }

  @AfterEach
  void close() {
    javalin.stop();
  }

  private void tell(Context ctx) {
    Optional<ShownCertificate> shown = ShownCertificate.in(ctx.req()::getAttribute);
    ctx.result(
        String.join(
            " ",
            reader.read(shown).getClass().getSimpleName(),
            shown.map(ShownCertificate::commonName).orElse("-"),
            ctx.ip(),
            ctx.scheme(),
            Boolean.toString(ctx.req().isSecure()),
            new TreeSet<>(ctx.headerMap().keySet()).toString(),
            ctx.body()));
  }

  @Test
  @DisplayName("S6: the gateway's word is the visitor's certificate, address and https")
  void theGatewaysWordCounts() throws IOException {
    var taro = pki.subscriber("taro01");
    ledger.issue(taro.certificate());
    assertThat(get(GATEWAY, "Client-Cert: " + GatewayHeadersTest.forwarded(taro), VISITOR))
        .endsWith("Valid taro01 203.0.113.7 https true [Connection, Host] ");
    ledger.revoke(taro.certificate(), RevocationReason.KEY_COMPROMISE);
    assertThat(get(GATEWAY, "client-cert: " + GatewayHeadersTest.forwarded(taro), VISITOR))
        .contains("Revoked taro01 203.0.113.7");
    var old = pki.expired("jiro01");
    ledger.issue(old.certificate());
    assertThat(get(GATEWAY, "Client-Cert: " + GatewayHeadersTest.forwarded(old)))
        .contains("Expired jiro01 127.0.0.1");
  }

  private static final String VISITOR = "X-Forwarded-For: 203.0.113.7";

  @Test
  @Tag("S7")
  @DisplayName("S6, S7: a foreign certificate and what is none count for nothing")
  void foreign() throws IOException {
    var same = new TlsTestPki().subscriber("taro01");
    assertThat(get(GATEWAY, "Client-Cert: " + GatewayHeadersTest.forwarded(same)))
        .contains("Foreign");
    assertThat(get(GATEWAY, "Client-Cert: :junk:")).contains("Foreign");
    assertThat(get(GATEWAY)).contains("None - 127.0.0.1");
    assertThat(get(GATEWAY, "Client-Cert: ")).contains("None");
    var taro = pki.subscriber("taro01");
    ledger.issue(taro.certificate());
    assertThat(get(GATEWAY, "Client_Cert: " + GatewayHeadersTest.forwarded(taro)))
        .contains("None - 127.0.0.1 https true [Connection, Host]");
  }

  @Test
  @DisplayName("S6: two certificates in one request are refused")
  void twoCertificates() throws IOException {
    String header = "Client-Cert: " + GatewayHeadersTest.forwarded(pki.subscriber("taro01"));
    assertThat(get(GATEWAY, header, header)).startsWith("HTTP/1.1 400");
  }

  @Test
  @DisplayName("S6: whoever is not listed is refused, whatever the headers say")
  void strangersAreRefused() throws IOException {
    var taro = pki.subscriber("taro01");
    ledger.issue(taro.certificate());
    assertThat(get(STRANGER)).startsWith("HTTP/1.1 403");
    assertThat(
            get(
                STRANGER,
                "Client-Cert: " + GatewayHeadersTest.forwarded(taro),
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("Valid");
    assertThat(ledger.asked).hasValue(0);
  }

  @Test
  @Tag("B1")
  @DisplayName(
      "B1: a certificate of 16 KiB still reaches the application; a longer header does not")
  void longHeaders() throws IOException {
    assertThat(get(GATEWAY, "Client-Cert: :" + "AAAA".repeat(5_460) + ":")).contains("Foreign");
    assertThat(get(GATEWAY, "Client-Cert: :" + "AAAA".repeat(8_200) + ":"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  @DisplayName("a form's body arrives whole behind the gateway, too")
  void bodies() throws IOException {
    assertThat(
            exchange(GATEWAY, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n" + END + "a=b"))
        .endsWith(" a=b");
  }

  @Test
  @DisplayName("plain HTTP is for gateways alone")
  void plainHttpNeedsGateways() {
    ListenerLimits limits = ListenerLimits.standard();
    assertThatThrownBy(
            () -> new WebListener(GATEWAY, 0, Optional.empty(), Optional.empty(), limits))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("S6: over TLS from browsers nobody reads the header")
  void withoutGatewayTheHeaderSaysNothing() throws Exception {
    var taro = pki.subscriber("taro01");
    ledger.issue(taro.certificate());
    try (var browsers =
        new ListenerUnderTest(pki, pki.server(), ledger, ListenerLimits.standard(), folder)) {
      assertThat(
              OpenSsl.send(
                  browsers.port(),
                  "GET / HTTP/1.1\r\nHost: localhost\r\nClient-Cert: "
                      + GatewayHeadersTest.forwarded(taro)
                      + "\r\n"
                      + END))
          .contains("shown: None.");
    }
  }

  private static final String END = "Connection: close\r\n\r\n";

  private String get(String from, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return exchange(from, "GET / HTTP/1.1\r\nHost: localhost\r\n" + lines + END);
  }

  private String exchange(String from, String request) throws IOException {
    InetAddress local = InetAddress.getByName(from);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), javalin.port(), local, 0)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
