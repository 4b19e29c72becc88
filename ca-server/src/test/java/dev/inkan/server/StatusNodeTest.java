package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.installation.Authorities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that tells status and does nothing else, on a real PostgreSQL as a user who may read a
 * little: from its key to the next issuing CA.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180) // a command that should refuse and serves would never end
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("E1")
final class StatusNodeTest {

  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");
  private static final CaName SECOND = new CaName("issuing-2");

  private SeveralServers servers;
  private Node writer;
  private Optional<Server> node = Optional.empty();
  private Optional<Server> jobs = Optional.empty();
  private Path config;
  private Path request;
  private Der issuer;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    servers = new SeveralServers(folder);
    writer = new Node(servers.first().config(), servers.first().clock(), "writer");
    config = servers.configuredReader("status-1");
    request = folder.resolve("status-1.csr");
    issuer = servers.issuer();
  }

  @AfterAll
  void stop() {
    node.ifPresent(Server::close);
    jobs.ifPresent(Server::close);
    writer.close();
    servers.close();
  }

  private Server node() {
    return node.orElseThrow();
  }

  private Authorities authorities() {
    TestServer first = servers.first();
    return Authorities.open(first.config(), first.host(first.config()), first.storage());
  }

  private SeveralServers.Run run(String... arguments) {
    return SeveralServers.run(servers.first().clock(), arguments);
  }

  private SeveralServers.Run sign(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("responder-sign", "--config", servers.configured("signer", "jobs").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private SerialNumber newCertificate(CaName ca) {
    SerialNumber serial = SerialNumber.random(new SecureRandom());
    Instant now = servers.first().clock().instant();
    Boolean unused =
        writer
            .storage()
            .transactions()
            .inTransaction(
                stores -> {
                  stores
                      .certificates()
                      .restore(
                          CertificateRecord.prepared(
                                  serial,
                                  CertificateKind.TLS_SERVER,
                                  ca,
                                  new SubscriberId("a-server"),
                                  Validity.lasting(Duration.ofDays(30), now),
                                  now,
                                  servers.first().config().node())
                              .issued(),
                          Der.copyOf(serial.value().toByteArray())); // nobody reads it
                  return true;
                });
    return serial;
  }

  private OcspReply ask(Der of, SerialNumber serial) throws Exception {
    return servers.ask(node().statusPort(), of, serial);
  }

  private void awaitGood(Der of, SerialNumber serial) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              OcspReply reply = ask(of, serial);
              return reply.code() == 0
                  && reply.isSignedUnder(of)
                  && reply.status() instanceof CertificateStatus.Good;
            });
  }

  private JsonNode health() throws Exception {
    return new ObjectMapper()
        .readTree(servers.get(node().managementPort(), "/health/ready").body());
  }

  @Test
  @Order(1)
  @DisplayName("without a key of its own, or before anybody's CA, it says what is missing")
  void keyIsMissing() {
    SeveralServers.Run run = run("serve", "--config", config.toString());

    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).contains("responder.p12 does not exist", "responder-request");
  }

  @Test
  @Order(2)
  @Tag("S7")
  @DisplayName("S7: its key is made there and stays there; what goes out is a request")
  void request() throws Exception {
    SeveralServers.Run made =
        run("responder-request", "--config", config.toString(), "--out", request.toString());

    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).contains("status node status-1", "The private key stays here");
    assertThat(Files.readString(request)).contains("BEGIN CERTIFICATE REQUEST");
    assertThat(config.resolveSibling("keys/responder.p12")).exists();
    assertThat(
            run("responder-request", "--config", config.toString(), "--out", request.toString())
                .err())
        .contains("is there already");
  }

  @Test
  @Order(3)
  @DisplayName("it starts without a certificate, serves CRLs and CAs, and says what it waits for")
  void startsWithoutCertificate() throws Exception {
    node = Optional.of(servers.start(config));

    assertThat(node().ports().web()).isEmpty();
    assertThat(node().ports().admin()).isEmpty();
    assertThat(ask(issuer, newCertificate(CaName.ISSUING)).code()).as("tryLater").isEqualTo(3);
    JsonNode health = health();
    assertThat(health.path("roles")).hasSize(1);
    assertThat(health.path("parts")).hasSize(4);
    assertThat(health.toString()).contains("the responder has no key", "\"part\":\"crl\"");
    assertThat(
            new String(
                servers.get(node().statusPort(), "/ca/chain.pem").body(),
                StandardCharsets.US_ASCII))
        .contains("BEGIN CERTIFICATE");
  }

  @Test
  @Order(4)
  @Tag("S7")
  @DisplayName("S7: what is no request, cut off, forged or of a key that is taken is refused")
  void refusedRequests() throws Exception {
    String right = Files.readString(request);
    Path wrong = request.resolveSibling("wrong.csr");
    Files.writeString(wrong, right.substring(0, 200));
    assertThat(sign("--node", "x", "--request", wrong.toString()).err()).contains("cut off");
    Files.write(wrong, new byte[100_000]);
    assertThat(sign("--node", "x", "--request", wrong.toString()).err()).contains("larger than");
    int middle = right.length() - 80;
    char flipped = right.charAt(middle) == 'A' ? 'B' : 'A';
    Files.writeString(wrong, right.substring(0, middle) + flipped + right.substring(middle + 1));
    assertThat(sign("--node", "x", "--request", wrong.toString()).err())
        .contains("Nothing was signed");
    IssuerKey ca = authorities().issuing();
    Files.writeString(wrong, CertificationRequest.of(ca).toPem(ca));
    assertThat(sign("--node", "x", "--request", wrong.toString()).err())
        .contains("it is no responder's");
    assertThat(sign("--node", "Nö", "--request", wrong.toString()).status()).isEqualTo(2);
    assertThat(sign("--node", "x").status()).isEqualTo(2);
    assertThat(sign().out()).contains("no status nodes");
    assertThat(sign("--remove", "x").err()).contains("there is no status node x");
  }

  @Test
  @Order(5)
  @DisplayName("E1: certified, it answers at once, and a revocation within a second")
  void answers() throws Exception {
    SeveralServers.Run signed = sign("--node", "status-1", "--request", request.toString());
    assertThat(signed.status()).as(signed.err()).isZero();
    assertThat(signed.out()).contains("status-1", "issuing", "valid to");
    assertThat(sign("--node", "other", "--request", request.toString()).err())
        .contains("this is the key of status node status-1");

    awaitGood(issuer, newCertificate(CaName.ISSUING));
    jobs = Optional.of(servers.start(servers.configured("jobs-1", "jobs")));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> health().path("status").asText().equals("ready"));
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < 3; round++) {
      SerialNumber serial = newCertificate(CaName.ISSUING);
      awaitGood(issuer, serial);
      Duration took = revoke(serial);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    System.out.println("slowest until the status node told a revocation: " + slowest);
    assertThat(slowest).isLessThan(Duration.ofSeconds(1));
  }

  private Duration revoke(SerialNumber serial) {
    RevocationOutcome outcome =
        authorities()
            .revocationAuthority(writer.storage().transactions(), writer.journal())
            .revoke(
                serial,
                Revocation.because(RevocationReason.KEY_COMPROMISE),
                CLERK,
                (stores, revoked) -> {});
    long begin = System.nanoTime();
    assertThat(outcome).isEqualTo(RevocationOutcome.REVOKED);
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              OcspReply reply = ask(issuer, serial);
              return reply.code() == 0
                  && reply.status() instanceof CertificateStatus.Revoked revoked
                  && revoked.reason() == RevocationReason.KEY_COMPROMISE;
            });
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  @Order(6)
  @Tag("S17")
  @DisplayName(
      "S17: its database user reads what it needs, and can do nothing else whatever it says")
  void nothingButReading() {
    List<String> tables =
        servers
            .first()
            .query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                    + " ORDER BY 1");
    assertThat(tables).hasSizeGreaterThan(20);
    List<String> statements = new ArrayList<>();
    for (String table : tables) {
      statements.add("DELETE FROM " + table);
      statements.add("TRUNCATE " + table);
      statements.add("INSERT INTO " + table + " DEFAULT VALUES");
    }
    statements.add("UPDATE certificate SET state = 'ISSUED'");
    statements.add("UPDATE ledger_head SET change_number = 0");
    statements.add("SELECT serial_number FROM certificate FOR UPDATE");
    statements.add("SELECT nextval('mail_number')");
    statements.add("CREATE TABLE x (y INTEGER)");
    statements.add("SELECT der FROM certificate");
    statements.add("SELECT subscriber_id FROM certificate");
    statements.add("SELECT detail FROM audit_event");

    assertThat(servers.asReader(statements)).containsOnly("42501"); // insufficient_privilege
    List<String> readable =
        servers
            .first()
            .query(
                "SELECT table_name || '.' || column_name FROM information_schema.column_privileges"
                    + " WHERE grantee = '"
                    + SeveralServers.READER
                    + "' AND privilege_type = 'SELECT'");
    assertThat(readable)
        .noneMatch(
            it ->
                it.matches(
                    "(app_user|web_session|mail_outbox|master_.*|certificate_application"
                        + "|organisation|bank_operator|address_change|revocation_.*)\\..*"));
    assertThat(
            servers
                .first()
                .query(
                    "SELECT DISTINCT privilege_type FROM information_schema.column_privileges"
                        + " WHERE grantee = '"
                        + SeveralServers.READER
                        + "'"))
        .containsExactly("SELECT");
    assertThat(
            servers.first().query("SELECT COUNT(*) FROM audit_event WHERE actor_name = 'status-1'"))
        .as("what the node wrote")
        .containsExactly("0");
  }

  @Test
  @Order(7)
  @Tag("E3")
  @DisplayName(
      "E3: the next issuing CA: the running node publishes it and answers for both, without a hand")
  void nextIssuingCa() throws Exception {
    SerialNumber old = newCertificate(CaName.ISSUING);
    jobs.ifPresent(Server::close);
    Path keys = servers.first().folder().resolve("keys");
    servers
        .first()
        .whileStopped(
            () -> {
              SeveralServers.Run made =
                  run(
                      "rollover",
                      "--config",
                      servers.configured("signer", "jobs").toString(),
                      "--root-key-file",
                      keys.resolve("root.p12").toString(),
                      "--root-passphrase-file",
                      keys.resolve("root.passphrase").toString());
              assertThat(made.status()).as(made.err()).isZero();
            });
    jobs = Optional.of(servers.start(servers.configured("jobs-1", "jobs")));
    statusNodes().renewDue();
    Der second =
        writer.storage().generations().find(SECOND).flatMap(Generation::certificate).orElseThrow();

    awaitGood(second, newCertificate(SECOND));
    awaitGood(issuer, old);
    assertThat(servers.get(node().statusPort(), "/ca/issuing-2.cer").statusCode()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> servers.get(node().statusPort(), "/crl/issuing-2.crl").statusCode() == 200);
    assertThat(ask(second, old).status()).isInstanceOf(CertificateStatus.Unknown.class);
  }

  private StatusNodes statusNodes() {
    return authorities().statusNodes(writer.storage().authority());
  }

  @Test
  @Order(8)
  @DisplayName(
      "at half the life of its certificate it gets the next, and puts it to work by itself")
  void renewed() throws Exception {
    SerialNumber serial = newCertificate(CaName.ISSUING);
    awaitGood(issuer, serial);
    Der before = responder(serial);
    statusNodes().renewDue();
    assertThat(responder(serial)).isEqualTo(before);

    servers.first().clock().advance(Duration.ofDays(16));
    statusNodes().renewDue();

    await().atMost(Duration.ofSeconds(10)).until(() -> !responder(serial).equals(before));
    assertThat(TestPki.x509(responder(serial)).getPublicKey())
        .isEqualTo(TestPki.x509(before).getPublicKey());
  }

  private Der responder(SerialNumber serial) throws Exception {
    return Der.copyOf(ask(issuer, serial).basic().getCerts()[0].getEncoded());
  }

  @Test
  @Order(9)
  @DisplayName(
      "another version's schema, a strange root and a database that is away stop the start")
  void refusedStarts() throws Exception {
    servers.execute(
        "postgres", "UPDATE flyway_schema_history SET version = '99' WHERE version = '8'");
    SeveralServers.Run newer = run("serve", "--config", config.toString());
    servers.execute(
        "postgres", "UPDATE flyway_schema_history SET version = '8' WHERE version = '99'");
    assertThat(newer.status()).isEqualTo(1);
    assertThat(newer.err()).contains("a newer program made");

    servers.execute(
        "postgres",
        "UPDATE flyway_schema_history SET success = success, version = '7.5' WHERE version = '8'");
    SeveralServers.Run older = run("serve", "--config", config.toString());
    servers.execute(
        "postgres", "UPDATE flyway_schema_history SET version = '8' WHERE version = '7.5'");
    assertThat(older.err()).containsAnyOf("'migrate'", "a newer program made");

    Path root = config.resolveSibling("keys/root.cer");
    byte[] right = Files.readAllBytes(root);
    Files.write(root, new TestPki(TestPki.NOW).root().certificate().toByteArray());
    SeveralServers.Run strange = run("serve", "--config", config.toString());
    Files.write(root, right);
    assertThat(strange.err()).contains("did not sign the certificate of issuing");
  }

  @Test
  @Order(10)
  @DisplayName("a node that is removed is renewed no more; what goes on is what it has")
  void removed() throws Exception {
    SeveralServers.Run removed = sign("--remove", "status-1");

    assertThat(removed.out()).contains("Nothing is renewed for status-1");
    assertThat(sign().out()).contains("no status nodes");
    assertThat(servers.first().query("SELECT COUNT(*) FROM status_responder")).containsExactly("0");
    statusNodes().renewDue();
    assertThat(servers.first().query("SELECT COUNT(*) FROM status_responder")).containsExactly("0");
    awaitGood(issuer, newCertificate(CaName.ISSUING));
  }
}
