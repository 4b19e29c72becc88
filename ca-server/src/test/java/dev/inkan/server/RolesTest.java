package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.config.Role;
import dev.inkan.server.config.Roles;
import dev.inkan.server.installation.Authorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that share one PostgreSQL and the work: people, jobs twice, people again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180) // a command that should refuse and serves would never end
final class RolesTest {

  private SeveralServers servers;
  private final List<Server> jobs = new ArrayList<>();
  private Server web;
  private int webPort;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    servers = new SeveralServers(folder);
    for (String node : List.of("jobs-1", "jobs-2")) {
      jobs.add(servers.start(servers.configured(node, "jobs")));
    }
    webPort = TestServer.freePort();
    web = servers.start(servers.configuredForWeb("web-2", webPort));
  }

  @AfterAll
  void stop() {
    web.close();
    jobs.forEach(Server::close);
    servers.close();
  }

  private JsonNode health(int port) throws Exception {
    return new ObjectMapper().readTree(servers.get(port, "/health/ready").body());
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(field.isEmpty() ? it.asText() : it.path(field).asText()));
    return texts;
  }

  @Test
  @Tag("S11")
  @DisplayName(
      "S11: each has the listeners of its roles alone, and misses nothing that it need not have")
  void listenersAndParts() throws Exception {
    assertThat(jobs.get(0).ports().web()).isEmpty();
    assertThat(jobs.get(0).ports().status()).isEmpty();
    assertThat(jobs.get(0).ports().admin()).isEmpty();
    assertThat(web.ports().web()).hasValue(webPort);
    assertThat(web.ports().status()).isEmpty();
    assertThat(web.ports().admin()).isEmpty();
    Map<Integer, List<String>> parts =
        Map.of(
            jobs.get(0).managementPort(),
            List.of("database", "clock", "journal", "issuing-key", "crl"),
            web.managementPort(),
            List.of("database", "clock", "journal", "issuing-key", "web-certificate"),
            servers.first().managementUrl().getPort(),
            List.of("database", "clock", "journal", "issuing-key", "web-certificate"));
    for (Map.Entry<Integer, List<String>> expected : parts.entrySet()) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> health(expected.getKey()).path("status").asText().equals("ready"));
      assertThat(texts(health(expected.getKey()).path("parts"), "part"))
          .isEqualTo(expected.getValue());
    }
    assertThat(texts(health(jobs.get(0).managementPort()).path("roles"), ""))
        .containsExactly("jobs");
    assertThat(texts(health(servers.first().managementUrl().getPort()).path("roles"), ""))
        .containsExactly("web", "admin");
  }

  @Test
  @DisplayName("A session goes on at another server; a code is mailed by a third, once")
  void sessionsAndMails() {
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      visitors.add(servers.first().newVisitor().applied());
    }
    for (Visitor visitor : visitors) {
      String code = servers.first().awaitCode(visitor.person(), 1);
      Browser elsewhere =
          new Browser(
                  new TrustedClients(servers.first().folder().resolve("keys/root.cer")).anonymous(),
                  URI.create("https://localhost:" + webPort))
              .token(visitor.browser().token());
      assertThat(elsewhere.get("/issue/code").status()).isEqualTo(200);
      assertThat(elsewhere.post("/issue/code", "code", code).location()).endsWith("/issue/confirm");
      assertThat(visitor.browser().token(elsewhere.token()).get("/issue/confirm").status())
          .isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                servers
                    .first()
                    .query("SELECT COUNT(*) FROM mail_outbox WHERE state <> 'SENT'")
                    .equals(List.of("0")));
    visitors.forEach(it -> assertThat(servers.first().mails(it.person())).hasSize(1));
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: of two that sign CRLs one does, under one number, and both publish its octets")
  void oneCrl() {
    await().atMost(Duration.ofSeconds(10)).until(() -> Arrays.equals(crl("jobs-1"), crl("jobs-2")));
    SerialNumber serial = issued();
    int before = crls();

    try (Node clerk = new Node(servers.first().config(), servers.first().clock(), "clerk")) {
      assertThat(
              Authorities.open(
                      servers.first().config(),
                      servers.first().host(servers.first().config()),
                      servers.first().storage())
                  .revocationAuthority(clerk.storage().transactions(), clerk.journal())
                  .revoke(
                      serial,
                      Revocation.because(RevocationReason.SUPERSEDED),
                      new Actor(Actor.Kind.OPERATOR, "clerk"),
                      (stores, revoked) -> {}))
          .isEqualTo(RevocationOutcome.REVOKED);
    }

    await().atMost(Duration.ofSeconds(10)).until(() -> crls() > before);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> listed("jobs-1", serial) && Arrays.equals(crl("jobs-1"), crl("jobs-2")));
    assertThat(crls()).isEqualTo(before + 1);
    assertThat(servers.first().query("SELECT number FROM crl WHERE ca = 'issuing' ORDER BY number"))
        .doesNotHaveDuplicates();
  }

  /** The web certificate, which nobody here looks the status of up. */
  private SerialNumber issued() {
    return SerialNumber.parse(
        servers
            .first()
            .query("SELECT serial_number FROM certificate WHERE kind = 'TLS_SERVER'")
            .get(0));
  }

  private int crls() {
    return Integer.parseInt(
        servers.first().query("SELECT COUNT(*) FROM crl WHERE ca = 'issuing'").get(0));
  }

  private byte[] crl(String node) {
    Path file = servers.first().folder().resolve("data/" + node + "-crl/issuing.crl");
    try {
      return Files.exists(file)
          ? Files.readAllBytes(file)
          : node.getBytes(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listed(String node, SerialNumber serial) {
    return HexFormat.of()
        .formatHex(crl(node))
        .contains(HexFormat.of().formatHex(serial.value().toByteArray()));
  }

  @ParameterizedTest(name = "--roles ''{0}'': {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no role is named",
        "' ' | no role is named",
        "web,,jobs | a role is missing beside a comma",
        "web, | a role is missing beside a comma",
        "web,web | the role 'web' is named twice",
        "jobs,ocsp | there is no role 'ocsp'",
        "WEB | there is no role 'WEB'",
      })
  void wrongRoles(String text, String message) {
    SeveralServers.Run run =
        SeveralServers.run(
            Clock.systemUTC(),
            "serve",
            "--config",
            servers.configured("wrong", "web").toString(),
            "--roles",
            text);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--roles", message.replace("''", "'"), "some of web,status,admin,jobs");
  }

  @Test
  void rolesAreReadInAnyOrderAndToldInOne() {
    Roles roles = Roles.parse("jobs, web");
    assertThat(roles.words()).containsExactly("web", "jobs");
    assertThat(roles.toString()).isEqualTo("web,jobs");
    assertThat(roles.isStatusAlone()).isFalse();
    assertThat(Roles.parse("status").isStatusAlone()).isTrue();
    assertThat(Roles.parse(Roles.ALL).all()).isEqualTo(Set.of(Role.values()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Roles(Set.of()));
  }

  @Test
  @DisplayName("An H2 file is for one server: one that only tells status is refused, with the cure")
  void statusAloneNeedsPostgreSql(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
    FreshInstallation.into(folder);

    SeveralServers.Run run =
        SeveralServers.run(
            Clock.systemUTC(), "serve", "--config", file.toString(), "--roles", "status");

    assertThat(run.status()).isEqualTo(78);
    assertThat(run.err()).contains("an H2 file is open to one server", "PostgreSQL");
  }
}
