package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.gateway.Gateway;
import dev.inkan.gateway.GatewayKind;
import dev.inkan.gateway.GatewaySite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a visitor does with Inkan alone, they do the same behind each gateway. */
@Tag("E4")
class GatewayJourneyTest {

  private static final String PASSWORD = "Inkan#2026";

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static String listener;

  @BeforeAll
  static void start() {
    Installation alone =
        Installation.make(folder, "authority: {subscriber-key: p-256}")
            .users(
                line("hanako01"),
                line(userId(GatewayKind.NGINX_OCSP)),
                line(userId(GatewayKind.APACHE_OCSP)),
                line(userId(GatewayKind.HAPROXY_CRL)));
    listener = "127.0.0.1:" + alone.uri().getPort();
    installation = alone.behindGatewayAt(Gateway.freePort());
    server = installation.serve();
  }

  @AfterAll
  static void stop() {
    server.close();
    installation.close();
  }

  private static String line(String userId) {
    return String.join(
        ",", "001", "みほん教職員組合", userId, "general", "見本 " + userId, mail(userId), PASSWORD);
  }

  private static String userId(GatewayKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace("_", "").substring(0, 6) + "01";
  }

  private static String mail(String userId) {
    return userId + "@union.example";
  }

  private static Gateway gateway(GatewayKind kind) throws Exception {
    GatewaySite site =
        new GatewaySite(
            Files.createTempDirectory(folder, "site"),
            installation.uri().getPort(),
            listener,
            "127.0.0.1:" + Gateway.freePort(),
            "127.0.0.1:" + installation.statusPort());
    return Gateway.start(kind, site, Files.readString(folder.resolve("keys/chain.pem")));
  }

  @Test
  @Tag("B1")
  @Tag("C6")
  @DisplayName("E4: the nine steps and the log-in in Chromium through nginx")
  void inChromiumThroughNginx() throws Exception {
    try (Gateway gateway = gateway(GatewayKind.NGINX_OCSP);
        BrowserPolicy policy = BrowserPolicy.install(installation.uri(), shown(gateway))) {
      assertThat(policy).isNotNull();
      new IssueJourney(installation, folder, false).walk("hanako01", mail("hanako01"), PASSWORD);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX_OCSP", "APACHE_OCSP", "HAPROXY_CRL"})
  @Tag("C6")
  @DisplayName("E4: the nine steps and the log-in through each gateway")
  void throughEachGateway(GatewayKind kind) throws Exception {
    String userId = userId(kind);
    try (Gateway gateway = gateway(kind)) {
      SSLContext bare = Tls.trusting(shown(gateway));
      Path file = issue(new FlowClient(installation.uri(), bare), userId);

      FlowClient holder =
          new FlowClient(installation.uri(), Tls.trusting(shown(gateway), file, PASSWORD));
      assertThat(holder.page("/").body()).contains("電子証明書を確認しました", userId);
      FlowClient.Answer home =
          holder.submitted("/login", Map.of("userId", userId, "password", PASSWORD));
      assertThat(home.path()).isEqualTo("/home");
      assertThat(home.body()).contains(userId);
      assertThat(holder.cookie("__Host-inkan")).isNotEmpty();
      FlowClient.Answer other = new FlowClient(installation.uri(), bare).page("/login");
      assertThat(other.status()).isEqualTo(403);
    }
  }

  private static Path issue(FlowClient client, String userId) throws Exception {
    client.authenticate(userId, PASSWORD);
    client.enterCode(installation.mails().awaitCode(mail(userId), 1));
    client.issue();
    client.awaitResult();
    FlowClient.IssuedFile file = client.download();
    return Files.write(folder.resolve(file.name()), file.octets().toByteArray());
  }

  private static X509Certificate shown(Gateway gateway) {
    return Tls.certificates(gateway.site().folder().resolve("server.crt")).get(0);
  }
}
