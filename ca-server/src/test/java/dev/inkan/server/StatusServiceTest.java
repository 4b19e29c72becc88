package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssueOutcome;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.authority.SubscriberRequest;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.service.StatusFront;
import dev.inkan.server.service.StatusService;
import dev.inkan.server.status.LedgerHistory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status service of whole servers: two of them over one database, and real clients. */
@Tag("E1")
class StatusServiceTest {

  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");
  private static final int ROUNDS = Integer.getInteger("inkan.status.rounds", 20);

  @TempDir private static Path folder;

  private static TestServer server;
  private static Second second;
  private static Der issuer;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Another server over the same database and the same responder's file. */
  private static final class Second implements AutoCloseable {

    final Node node;
    final StatusService status;
    final RevocationAuthority<RegistrationStores> revocations;

    Second(TestServer first) {
      node = new Node(first.config(), first.clock(), "second");
      Host host = new Host(first.clock(), new SecureRandom(), new NodeName("second"));
      Authorities authorities = Authorities.open(first.config(), host, node.storage());
      ClockPolicy anyClock = new ClockPolicy(Duration.ofDays(36_500));
      status =
          new StatusService(
              first.config(),
              host,
              anyClock,
              authorities,
              node.storage(),
              List.of(),
              new StatusFront.Told(new LedgerHistory(), Latency.UNSEEN));
      revocations =
          authorities.revocationAuthority(
              node.storage().transactions(status::changed), node.journal());
      status.start();
    }

    URI ocspUrl() {
      return URI.create("http://127.0.0.1:" + status.port() + "/ocsp");
    }

    @Override
    public void close() {
      status.close();
      node.close();
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    second = new Second(server);
    issuer =
        Authorities.open(server.config(), server.host(server.config()), server.storage())
            .certificates()
            .get(0);
  }

  @AfterAll
  static void stop() {
    second.close();
    server.close();
  }

  @Test
  @Tag("A6")
  @DisplayName("E1: openssl ocsp says good, and after the revocation revoked with its reason")
  void openssl() throws Exception {
    IssueOutcome.Issued issued = issue();
    Path leaf = pem("leaf.pem", List.of(issued.certificate()));
    Path ca = pem("issuer.pem", List.of(issuer));

    await().atMost(Duration.ofSeconds(2)).until(() -> openssl(leaf, ca).contains(": good"));
    assertThat(openssl(leaf, ca)).contains("Response verify OK").contains("leaf.pem: good");
    assertThat(openssl(leaf, ca, "-no_nonce")).contains("Response verify OK").contains(": good");

    SerialNumber serial = issued.entry().serialNumber();
    awaitStatus(server.ocspUrl(), serial, revoke(serial, RevocationReason.KEY_COMPROMISE));
    assertThat(openssl(leaf, ca))
        .contains("Response verify OK")
        .contains("leaf.pem: revoked")
        .contains("Reason: keyCompromise");
  }

  @Test
  @DisplayName("E1: the JDK's revocation checker takes good, and refuses revoked and held")
  void jdk() throws Exception {
    IssueOutcome.Issued issued = issue();
    awaitStatus(server.ocspUrl(), issued.entry().serialNumber(), new CertificateStatus.Good());
    validate(issued.certificate());
    assertThat(
            second.revocations.hold(
                issued.entry().serialNumber(), Optional.empty(), CLERK, (stores, held) -> {}))
        .isEqualTo(RevocationOutcome.HELD);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(
                        org.junit.jupiter.api.Assertions.assertThrows(
                                CertPathValidatorException.class,
                                () -> validate(issued.certificate()))
                            .getReason())
                    .isEqualTo(CertPathValidatorException.BasicReason.REVOKED));
  }

  @Test
  @Tag("D2")
  @Tag("A6")
  @DisplayName(
      "D2: the first answer after a revocation says so on that server, and within 1 s on the other")
  void firstAnswerAfterRevocation() throws Exception {
    IssueOutcome.Issued first = issue();
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < ROUNDS; round++) {
      SerialNumber serial = round == 0 ? first.entry().serialNumber() : copyOf(first);
      awaitStatus(second.ocspUrl(), serial, new CertificateStatus.Good());
      awaitStatus(server.ocspUrl(), serial, new CertificateStatus.Good()); // and keeps it

      CertificateStatus revoked = revoke(serial, RevocationReason.SUPERSEDED);
      assertThat(ask(second.ocspUrl(), serial).status()).isEqualTo(revoked);
      long since = System.nanoTime();
      awaitStatus(server.ocspUrl(), serial, revoked);
      Duration took = Duration.ofNanos(System.nanoTime() - since);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    assertThat(slowest).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: a hold is certificateHold at once, its release good at once, again and again")
  void holdAndRelease() throws Exception {
    SerialNumber serial = issue().entry().serialNumber();
    for (int round = 0; round < 3; round++) {
      second.revocations.hold(serial, Optional.empty(), CLERK, (stores, held) -> {});
      assertThat(ask(second.ocspUrl(), serial).status())
          .isEqualTo(ledger(serial))
          .isInstanceOfSatisfying(
              CertificateStatus.Revoked.class,
              it -> assertThat(it.reason()).isEqualTo(RevocationReason.CERTIFICATE_HOLD));
      second.revocations.release(serial, CLERK, (stores, released) -> {});
      assertThat(ask(second.ocspUrl(), serial).status()).isEqualTo(new CertificateStatus.Good());
    }
  }

  @Test
  @Tag("S10")
  @DisplayName("S10: unknown for never issued; unauthorized for another CA's; CAs are not answered")
  void neverIssued() throws Exception {
    SerialNumber never = SerialNumber.random(new SecureRandom());
    assertThat(ask(server.ocspUrl(), never).status()).isInstanceOf(CertificateStatus.Unknown.class);
    SerialNumber issuing = new SerialNumber(TestPki.x509(issuer).getSerialNumber());
    assertThat(ask(server.ocspUrl(), issuing).status())
        .isInstanceOf(CertificateStatus.Unknown.class);
    Der other = new TestPki(TestPki.NOW).issuing().certificate();
    assertThat(post(server.ocspUrl(), new OcspQuestion(other).about(never).encoded()).code())
        .isEqualTo(6);
  }

  @Test
  @DisplayName("E1: the responder renews itself at half life, another server takes the file up")
  void responderRenewsItself(@TempDir Path own) throws Exception {
    try (TestServer young = TestServer.start(own);
        Second other = new Second(young)) {
      Path file = young.config().status().responderKeyFile().file().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      List<String> made =
          young.query("SELECT serial_number FROM certificate WHERE kind = 'OCSP_RESPONDER'");
      assertThat(made).hasSize(1);
      byte[] before = Files.readAllBytes(file);

      young.clock().advance(Duration.ofDays(14));
      young.clock().advance(Duration.ofDays(2));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  young
                          .query(
                              "SELECT serial_number FROM certificate WHERE kind = 'OCSP_RESPONDER'")
                          .size()
                      == 2);
      await().until(() -> !Arrays.equals(Files.readAllBytes(file), before));
      assertThat(young.query("SELECT detail FROM audit_event WHERE action = 'RESPONDER_RENEWED'"))
          .hasSize(1);
      SerialNumber newest =
          SerialNumber.parse(
              young
                  .query(
                      "SELECT serial_number FROM certificate WHERE kind = 'OCSP_RESPONDER'"
                          + " ORDER BY ordinal DESC")
                  .get(0));
      for (URI url : List.of(young.ocspUrl(), other.ocspUrl())) {
        Der ca =
            Authorities.open(young.config(), young.host(young.config()), young.storage())
                .certificates()
                .get(0);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> {
                  OcspReply reply = post(url, new OcspQuestion(ca).about(newest).encoded());
                  return reply.code() == 0
                      && reply.isSignedUnder(ca)
                      && reply.basic().getCerts()[0].getSerialNumber().equals(newest.value())
                      && reply.status() instanceof CertificateStatus.Good;
                });
      }
    }
  }

  @Test
  @Tag("E2")
  @DisplayName("E2: issuer certificates are published in DER and PEM")
  void issuerCertificates() throws Exception {
    HttpResponse<byte[]> cer = get("/ca/issuing.cer");
    assertThat(Der.copyOf(cer.body())).isEqualTo(issuer);
    assertThat(cer.headers().firstValue("Content-Type")).contains("application/pkix-cert");
    assertThat(new String(get("/ca/chain.pem").body(), StandardCharsets.US_ASCII))
        .startsWith("-----BEGIN CERTIFICATE-----");
    await().atMost(Duration.ofSeconds(5)).until(() -> get("/crl/issuing.crl").statusCode() == 200);
    assertThat(get("/ca/root.cer").statusCode()).isEqualTo(200);
    assertThat(get("/ca/other.cer").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.statusUrl().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static IssueOutcome.Issued issue() {
    Person person = server.newPerson();
    User user =
        second
            .node
            .storage()
            .transactions()
            .inTransaction(stores -> stores.users().find(new UserId(person.userId())))
            .orElseThrow();
    try (Passphrase passphrase = Passphrase.copyOf(person.password().toCharArray())) {
      return (IssueOutcome.Issued)
          second
              .node
              .authority()
              .issue(
                  new SubscriberRequest(
                      user.id(), user.organisation().name(), user.userId().value()),
                  passphrase,
                  (stores, issued) -> {});
    }
  }

  /** Another entry of the ledger, which costs no issue. */
  private static SerialNumber copyOf(IssueOutcome.Issued issued) {
    SerialNumber serial = SerialNumber.random(new SecureRandom());
    Der der = Der.copyOf(serial.value().toByteArray()); // nobody reads it
    Boolean unused =
        second
            .node
            .storage()
            .transactions()
            .inTransaction(
                stores -> {
                  var entry = issued.entry();
                  stores
                      .certificates()
                      .restore(
                          CertificateRecord.prepared(
                                  serial,
                                  CertificateKind.TLS_SERVER,
                                  CaName.ISSUING,
                                  entry.subscriber(),
                                  entry.validity(),
                                  entry.preparedAt(),
                                  entry.preparedBy())
                              .issued(),
                          der);
                  return true;
                });
    return serial;
  }

  private static CertificateStatus revoke(SerialNumber serial, RevocationReason reason) {
    assertThat(
            second.revocations.revoke(
                serial, Revocation.because(reason), CLERK, (stores, revoked) -> {}))
        .isEqualTo(RevocationOutcome.REVOKED);
    return ledger(serial);
  }

  /** What is to be told of it, to the second. */
  private static CertificateStatus ledger(SerialNumber serial) {
    return second
        .node
        .storage()
        .transactions()
        .inTransaction(stores -> stores.certificates().find(serial))
        .orElseThrow()
        .revocation()
        .<CertificateStatus>map(
            it ->
                new CertificateStatus.Revoked(it.at().truncatedTo(ChronoUnit.SECONDS), it.reason()))
        .orElseGet(CertificateStatus.Good::new);
  }

  private void awaitStatus(URI url, SerialNumber serial, CertificateStatus status) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(2))
        .until(
            () -> {
              OcspReply reply = ask(url, serial);
              return reply.code() == 0 && reply.status().equals(status);
            });
  }

  private OcspReply ask(URI url, SerialNumber serial) throws Exception {
    return post(url, new OcspQuestion(issuer).about(serial).encoded());
  }

  private OcspReply post(URI url, byte[] request) throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return new OcspReply(response.body());
  }

  private void validate(Der certificate) throws Exception {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponder(server.ocspUrl());
    checker.setOptions(
        Set.of(
            PKIXRevocationChecker.Option.NO_FALLBACK,
            PKIXRevocationChecker.Option.ONLY_END_ENTITY));
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(TestPki.x509(issuer), null)));
    parameters.addCertPathChecker(checker);
    validator.validate(
        CertificateFactory.getInstance("X.509")
            .generateCertPath(List.of(TestPki.x509(certificate))),
        parameters);
  }

  private static Path pem(String name, List<Der> certificates) throws Exception {
    return Files.writeString(folder.resolve(name), Pem.certificates(certificates));
  }

  private static String openssl(Path leaf, Path ca, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "ocsp", "-issuer", ca.toString(), "-cert", leaf.toString()));
    command.addAll(List.of("-url", server.ocspUrl().toString(), "-CAfile"));
    command.add(folder.resolve("keys/chain.pem").toString());
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
