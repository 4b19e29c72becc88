package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.gateway.Gateway;
import dev.inkan.gateway.GatewayKind;
import dev.inkan.gateway.GatewaySite;
import dev.inkan.gateway.GatewayVisitor;
import dev.inkan.server.GatewayCredentials.Credential;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.RolloverSteps;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.store.FileJournal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one issuing CA to the next as docs/rollover.md has it, with people, operators and gateways
 * at work all the while: nobody is refused who holds what counts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RolloverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<GatewayKind> KINDS =
      List.of(GatewayKind.NGINX_OCSP, GatewayKind.NGINX_CRL);
  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");

  private final HttpClient http = HttpClient.newHttpClient();
  private final EchoApplication application = new EchoApplication();
  private final Map<GatewayKind, Gateway> gateways = new EnumMap<>(GatewayKind.class);
  private final String status = "127.0.0.1:" + Gateway.freePort();
  private TestServer server;
  private Path folder;
  private GatewayCredentials credentials;
  private Credential old;
  private Optional<Credential> second = Optional.empty();
  private Person member;
  private byte[] membersFile;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server =
        TestServer.start(
            Files.createDirectory(folder.resolve("inkan")),
            "INKAN_STATUS_PORT",
            status.substring(status.indexOf(':') + 1),
            "INKAN_STATUS_NEXT_UPDATE",
            "2s");
    credentials = new GatewayCredentials(server, folder);
    old = credentials.issued();
    member = server.newPerson();
    membersFile = server.visitor(member).issued().download().octets();
    for (GatewayKind kind : KINDS) {
      GatewaySite site =
          new GatewaySite(
              folder.resolve(kind.name()),
              Gateway.freePort(),
              application.address(),
              application.address(),
              status);
      gateways.put(kind, Gateway.start(kind, site, text("/ca/chain.pem")));
    }
  }

  @AfterAll
  void stop() {
    gateways.values().forEach(Gateway::close);
    application.close();
    server.close();
  }

  @Test
  @Order(1)
  @Tag("E2")
  @Tag("E3")
  @DisplayName(
      "E2, E3: prepared: both CAs' certificates and CRLs are published, the old one issues, and"
          + " gateways that know the old chain alone go on")
  void prepare() {
    List<String> lines =
        step(
            it ->
                it.certifyWith(
                    server.folder().resolve("keys/root.p12"),
                    server.folder().resolve("keys/root.passphrase")));

    assertThat(String.join("\n", lines)).contains("Issuing CA 2", "issuing-2.p12", "--activate");
    assertThat(server.folder().resolve("keys/ceremony-2.txt")).exists();
    assertThat(blocks(text("/ca/chain.pem"), "CERTIFICATE")).isEqualTo(3);
    awaitCrls();
    assertThat(certificate(2)).isNotEqualTo(certificate(1));
    assertThat(issuerOf(credentials.issued())).isEqualTo(1);
    KINDS.forEach(kind -> assertThat(fetch(kind)).contains("exit 0"));
    assertPasses(old);
  }

  @Test
  @Order(2)
  @Tag("E3")
  @DisplayName("E3: each gateway takes the chain of both, and nobody is refused meanwhile")
  void gatewaysFetchTheChain() throws IOException {
    for (Gateway gateway : gateways.values()) {
      Files.writeString(gateway.site().folder().resolve("chain.pem"), text("/ca/chain.pem"));
      assertThat(fetch(gateway.kind())).contains("exit 0", "Issuing CA 2");
      assertPasses(old);
    }
  }

  @Test
  @Order(3)
  @Tag("C6")
  @Tag("D5")
  @Tag("E3")
  @Tag("E4")
  @DisplayName(
      "C6, D5, E3, E4: begun: people and operators of both generations come in, by nginx and Inkan")
  void bothComeIn() {
    step(it -> it.activate(server.clock().instant(), false));

    Credential young = credentials.issued();
    second = Optional.of(young);
    assertThat(issuerOf(young)).isEqualTo(2);
    assertPasses(old);
    assertPasses(young);
    assertThat(server.logIn(member, membersFile).get("/home").status()).isEqualTo(200);
    assertThat(server.loggedIn(server.newPerson()).get("/home").status()).isEqualTo(200);
    assertThat(server.administrator().get("/self").status()).isEqualTo(200);
    assertThat(server.operator("newcomer", "CLERK").get("/self").status()).isEqualTo(200);
    assertThat(
            server.query(
                "SELECT issuer FROM certificate WHERE kind IN ('OPERATOR', 'OCSP_RESPONDER')"
                    + " ORDER BY ordinal"))
        .containsExactly("issuing", "issuing", "issuing-2", "issuing-2");
  }

  @Test
  @Order(4)
  @Tag("E1")
  @Tag("E2")
  @Tag("D2")
  @Tag("S10")
  @DisplayName(
      "E1, E2, D2, S10: revoked: each is on its own CA's CRL and delta alone, OCSP is signed by its"
          + " own CA's responder, a serial asked of the other CA is unknown, every gateway refuses")
  void bothAreRevoked() throws Exception {
    Credential young = second.orElseThrow();
    assertThat(ask(1, old).status()).isEqualTo(new CertificateStatus.Good());
    await().atMost(PATIENCE).until(() -> ask(2, young).status() instanceof CertificateStatus.Good);
    try (Node bank = new Node(server.config(), server.clock(), "bank")) {
      RevocationAuthority<RegistrationStores> revocations =
          new RevocationAuthority<>(
              new Ledger<>(bank.storage().transactions(), bank.journal()), server.clock());
      for (Credential lost : List.of(old, young)) {
        assertThat(
                revocations.revoke(
                    lost.serialNumber(),
                    Revocation.because(RevocationReason.KEY_COMPROMISE),
                    CLERK,
                    (stores, changed) -> {}))
            .isEqualTo(RevocationOutcome.REVOKED);
      }
    }
    assertOn(old, "issuing", "issuing-2");
    assertOn(young, "issuing-2", "issuing");
    for (Credential lost : List.of(old, young)) {
      int own = issuerOf(lost);
      OcspReply reply = ask(own, lost);
      assertThat(reply.status()).isInstanceOf(CertificateStatus.Revoked.class);
      assertThat(reply.isSignedUnder(certificate(own))).isTrue();
      OcspReply elsewhere = ask(3 - own, lost);
      assertThat(elsewhere.status()).isInstanceOf(CertificateStatus.Unknown.class);
      assertThat(elsewhere.isSignedUnder(certificate(3 - own))).isTrue();
      awaitRefused(lost);
    }
    assertThat(server.logIn(member, membersFile).get("/home").status()).isEqualTo(200);
  }

  @Test
  @Order(5)
  @DisplayName("started again with both; without the key of one it names the file and does not")
  void startedAgain() {
    Path key = server.folder().resolve("keys/issuing-2.p12");
    Path away = folder.resolve("away.p12");
    List<String> standing = new ArrayList<>();
    server.whileStopped(
        () -> {
          move(key, away);
          assertThatThrownBy(
                  () -> Server.start(server.config(), server.host(server.config())).close())
              .isInstanceOf(KeyUnavailableException.class)
              .hasMessageContaining("issuing-2.p12 does not exist");
          move(away, key);
          standing.addAll(run(RolloverSteps::standing));
        });
    assertThat(standing)
        .anyMatch(it -> it.matches("issuing +signs CRLs and OCSP.*"))
        .anyMatch(it -> it.matches("issuing-2 +issues"));
    assertThat(server.logIn(member, membersFile).get("/home").status()).isEqualTo(200);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the command does it, with the server stopped. */
  private List<String> step(Function<RolloverSteps, List<String>> step) {
    List<String> lines = new ArrayList<>();
    server.whileStopped(() -> lines.addAll(run(step)));
    return lines;
  }

  private List<String> run(Function<RolloverSteps, List<String>> step) {
    Host host = server.host(server.config());
    IssuingCas cas = new IssuingCas(server.config(), host, ClockPolicy.BANK, server.storage());
    try (FileJournal journal = cas.journal()) {
      return step.apply(new RolloverSteps(server.config(), host, cas, journal));
    }
  }

  private String fetch(GatewayKind kind) {
    Gateway.Fetched fetched = gateway(kind).fetchCrls();
    return "exit " + fetched.exit() + ": " + fetched.line();
  }

  private Gateway gateway(GatewayKind kind) {
    return Optional.ofNullable(gateways.get(kind)).orElseThrow();
  }

  private void assertPasses(Credential credential) {
    for (GatewayKind kind : KINDS) {
      assertThat(passes(kind, credential)).as(kind.title() + gateway(kind).log()).isTrue();
    }
    assertThat(alone(credential)).isEqualTo(200);
  }

  private void awaitRefused(Credential credential) {
    for (GatewayKind kind : KINDS) {
      await(kind.title())
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(fetch(kind)).contains("exit 0");
                return !passes(kind, credential);
              });
    }
    assertThat(alone(credential)).isEqualTo(403);
  }

  private boolean passes(GatewayKind kind, Credential credential) {
    return new GatewayVisitor(gateway(kind).site().port(), Optional.of(credential.pem()))
        .get(GatewaySite.APPLICATION, "/")
        .text()
        .contains(EchoApplication.GREETING);
  }

  private int alone(Credential credential) {
    return new GatewayVisitor(server.url().getPort(), Optional.of(credential.pem()))
        .get("localhost", "/login")
        .status();
  }

  private int issuerOf(Credential credential) {
    String issuer = credential.certificate().getIssuerX500Principal().getName();
    return issuer.contains("Issuing CA 2") ? 2 : 1;
  }

  private Der certificate(int generation) {
    return Der.copyOf(get("/ca/issuing" + (generation == 1 ? "" : "-" + generation) + ".cer"));
  }

  private OcspReply ask(int generation, Credential about) {
    byte[] question =
        new OcspQuestion(certificate(generation)).about(about.serialNumber()).encoded();
    return new OcspReply(
        send(
            HttpRequest.newBuilder(URI.create("http://" + status + "/ocsp"))
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build()));
  }

  private void assertOn(Credential revoked, String own, String other) {
    for (String file : List.of("", "-delta")) {
      await()
          .atMost(PATIENCE)
          .until(() -> isListed("/crl/" + own + file + ".crl", revoked.serialNumber()));
      assertThat(isListed("/crl/" + other + file + ".crl", revoked.serialNumber())).isFalse();
    }
  }

  private boolean isListed(String path, SerialNumber serial) throws RuntimeException {
    try {
      byte[] encoded = get(path);
      if (encoded.length == 0) {
        return false; // the first delta follows the second CRL
      }
      X509CRL crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(encoded));
      return crl.getRevokedCertificate(serial.value()) != null;
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(path, e);
    }
  }

  private void awaitCrls() {
    await().atMost(PATIENCE).until(() -> blocks(text("/crl/chain.pem"), "X509 CRL") == 3);
  }

  private static int blocks(String pem, String label) {
    return pem.split("-----BEGIN " + label + "-----", -1).length - 1;
  }

  private String text(String path) {
    return new String(get(path), StandardCharsets.US_ASCII);
  }

  private byte[] get(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://" + status + path)).build());
  }

  private byte[] send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
