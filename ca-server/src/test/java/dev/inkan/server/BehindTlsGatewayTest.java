package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.gateway.Gateway;
import dev.inkan.gateway.GatewayKind;
import dev.inkan.gateway.GatewaySite;
import dev.inkan.gateway.GatewayVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Inkan behind nginx that speaks TLS to it, each knowing the other. */
@Tag("S6")
@Tag("E4")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BehindTlsGatewayTest {

  private static final String CONFIRMED = "電子証明書を確認しました";

  private Path folder;
  private TestServer server;
  private Gateway nginx;
  private Person person;
  private byte[] file;
  private Path pem;

  @BeforeAll
  void start(@TempDir Path into) throws Exception {
    folder = into;
    Path home = Files.createDirectory(folder.resolve("inkan"));
    server =
        TestServer.start(
            home, "INKAN_WEB_BEHIND_GATEWAY", "https", "INKAN_WEB_PROXIES", "127.0.0.1");
    nginx = gateway("site", "https://127.0.0.1:" + server.url().getPort());
    person = server.newPerson();
    file = server.visitor(person).issued().download().octets();
    pem = Files.writeString(folder.resolve("visitor.pem"), pem());
  }

  private String pem() throws Exception {
    KeyStore store = store();
    String alias = store.aliases().nextElement();
    return block("CERTIFICATE", store.getCertificate(alias).getEncoded())
        + block("PRIVATE KEY", store.getKey(alias, person.password().toCharArray()).getEncoded());
  }

  private static String block(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file), person.password().toCharArray());
    return store;
  }

  private Gateway gateway(String name, String inkan) throws IOException {
    String status = server.statusUrl().getAuthority();
    GatewaySite site =
        new GatewaySite(folder.resolve(name), Gateway.freePort(), inkan, "127.0.0.1:1", status);
    try (InputStream chain = server.statusUrl().resolve("/ca/chain.pem").toURL().openStream()) {
      String text = new String(chain.readAllBytes(), StandardCharsets.US_ASCII);
      return Gateway.start(GatewayKind.NGINX_OCSP, site, text);
    }
  }

  @AfterAll
  void stop() {
    nginx.close();
    server.close();
  }

  private GatewayVisitor.Answer menu(Gateway gateway, Optional<Path> shown, String... headers) {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = "Host: " + server.url().getAuthority();
    return new GatewayVisitor(gateway.site().port(), shown).get(GatewaySite.INKAN, "/", all);
  }

  @Test
  @DisplayName("E4: the certificate that a visitor shows to nginx is the one that Inkan sees")
  void forwarded() {
    GatewayVisitor.Answer menu = menu(nginx, Optional.of(pem));
    assertThat(menu.status()).as(nginx.log()).isEqualTo(200);
    assertThat(menu.text()).contains(CONFIRMED, person.userId());
    assertThat(menu(nginx, Optional.empty()).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("S6: a header that the visitor sent is replaced, and its twins stripped")
  void spoofed() throws Exception {
    for (String name : List.of("Client-Cert", "client-cert", "Client_Cert")) {
      GatewayVisitor.Answer menu = menu(nginx, Optional.empty(), name + ": " + header());
      assertThat(menu.status()).isEqualTo(200);
      assertThat(menu.text()).as(name).doesNotContain(CONFIRMED);
    }
  }

  @Test
  @DisplayName("S6: from elsewhere the header is refused over TLS, and a certificate is as well")
  void fromElsewhere() throws Exception {
    String forged = get("Client-Cert: " + header() + "\r\n");
    assertThat(fromElsewhere(server.tls(), forged)).startsWith("HTTP/1.1 403");
    TrustedClients clients = new TrustedClients(server.folder().resolve("keys/root.cer"));
    var shows = clients.with(file, person.password()).sslContext();
    assertThat(fromElsewhere(shows, get(""))).startsWith("HTTP/1.1 403");
  }

  @Test
  @DisplayName("S6: from the gateway's address the header alone counts, not what TLS was shown")
  void theHeaderAlone() throws Exception {
    Reply shown = server.browser(file, person.password()).get("/");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text()).doesNotContain(CONFIRMED);
    Reply told = server.browser().send("GET", "/", "", "Client-Cert", header());
    assertThat(told.text()).contains(CONFIRMED);
  }

  @Test
  @DisplayName("S6: nginx hands no visitor to a server that our CA did not certify")
  void impostor() throws IOException {
    // Its own listener shows a certificate for the right name, signed by nobody.
    try (Gateway deceived = gateway("deceived", "https://127.0.0.1:" + nginx.site().port())) {
      assertThat(menu(deceived, Optional.of(pem)).status()).isEqualTo(502);
      assertThat(deceived.log()).contains("upstream SSL certificate verify error");
    }
  }

  private String get(String lines) {
    return "GET / HTTP/1.1\r\nHost: "
        + server.url().getAuthority()
        + "\r\n"
        + lines
        + "Connection: close\r\n\r\n";
  }

  private String fromElsewhere(javax.net.ssl.SSLContext tls, String request) throws IOException {
    int port = server.url().getPort();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Socket plain = new Socket(here, port, InetAddress.getByName("127.0.0.2"), 0);
        SSLSocket socket =
            (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String header() throws Exception {
    KeyStore store = store();
    byte[] certificate = store.getCertificate(store.aliases().nextElement()).getEncoded();
    return ":" + Base64.getEncoder().encodeToString(certificate) + ":";
  }
}
