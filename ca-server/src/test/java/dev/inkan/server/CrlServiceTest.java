package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.registration.RegistrationStores;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CRLs as a gateway fetches them from a whole server, while another one over its database revokes.
 */
@Tag("E2")
class CrlServiceTest {

  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");
  private static final int ROUNDS = Integer.getInteger("inkan.crl.rounds", 10);

  @TempDir private static Path folder;

  private static TestServer server;
  private static Node other;
  private static RevocationAuthority<RegistrationStores> revocations;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    other = new Node(server.config(), server.clock(), "other");
    Host host = new Host(server.clock(), new SecureRandom(), new NodeName("other"));
    revocations =
        Authorities.open(server.config(), host, server.storage())
            .revocationAuthority(other.storage().transactions(), other.journal());
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
  }

  @ParameterizedTest(
      name = "E2: {0} is {1}, to be asked for again each time, 304 while it is the same")
  @CsvSource({
    "/crl/issuing.crl,application/pkix-crl",
    "/crl/root.crl,application/pkix-crl",
    "/crl/chain.pem,application/x-pem-file"
  })
  void headers(String path, String type) throws Exception {
    HttpResponse<byte[]> whole = get(path);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("Content-Type")).contains(type);
    assertThat(whole.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    assertThat(whole.headers().firstValue("Last-Modified")).isPresent();
    assertThat(whole.headers().firstValue("Transfer-Encoding")).isEmpty();
    String etag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(etag).startsWith("\"");

    HttpResponse<byte[]> again = get(path, "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    HttpResponse<byte[]> head =
        http.send(
            request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
  }

  @Test
  @DisplayName("E2: what no CA of ours publishes is not found")
  void unknown() throws Exception {
    assertThat(get("/crl/other.crl").statusCode()).isEqualTo(404);
    assertThat(get("/crl/").statusCode()).isEqualTo(404);
    assertThat(get("/crl/served/").statusCode()).isEqualTo(404);
  }

  @Test
  @Tag("D1")
  @Tag("D2")
  @Tag("A6")
  @DisplayName("D2: what another server revokes, holds or releases is on this one's CRL within 1 s")
  void withinASecond() throws Exception {
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < ROUNDS; round++) {
      SerialNumber serial = add();
      RevocationOutcome held =
          revocations.hold(serial, Optional.empty(), CLERK, (stores, it) -> {});
      assertThat(held).isEqualTo(RevocationOutcome.HELD);
      slowest = longer(slowest, until(serial, true));
      if (round % 2 == 0) {
        assertThat(revocations.release(serial, CLERK, (stores, it) -> {}))
            .isEqualTo(RevocationOutcome.RELEASED);
        slowest = longer(slowest, until(serial, false));
      }
    }
    System.out.println("slowest until on the other server's CRL: " + slowest);
    assertThat(slowest).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("E2: openssl verify -crl_check_all with chain.pem: good, then revoked")
  void opensslVerifies() throws Exception {
    String found =
        server
            .query(
                "SELECT serial_number FROM certificate WHERE kind = 'TLS_SERVER' AND der IS NOT NULL ORDER BY ordinal")
            .get(0);
    SerialNumber serial = SerialNumber.parse(found);
    Der certificate =
        server
            .storage()
            .transactions()
            .inTransaction(stores -> stores.certificates().encoded(serial))
            .orElseThrow();
    Path leaf = folder.resolve("leaf.pem");
    Files.writeString(leaf, Pem.certificates(List.of(certificate)));
    assertThat(verify(leaf)).contains("leaf.pem: OK");

    revocations.revoke(
        serial, Revocation.because(RevocationReason.SUPERSEDED), CLERK, (stores, it) -> {});
    Duration unused = until(serial, true);
    assertThat(verify(leaf)).contains("certificate revoked");
  }

  private String verify(Path leaf) throws Exception {
    Path crls = folder.resolve("fetched.pem");
    Files.write(crls, get("/crl/chain.pem").body());
    Process process =
        new ProcessBuilder(
                "openssl",
                "verify",
                "-crl_check_all",
                "-CAfile",
                folder.resolve("keys/chain.pem").toString(),
                "-CRLfile",
                crls.toString(),
                leaf.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Duration until(SerialNumber serial, boolean listed) {
    long begin = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(5))
        .until(() -> isListed(serial) == listed);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private boolean isListed(SerialNumber serial) throws Exception {
    X509CRL crl =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(get("/crl/issuing.crl").body()));
    return crl.getRevokedCertificate(serial.value()) != null;
  }

  /** An entry of the ledger, which costs no issue. */
  private static SerialNumber add() {
    SerialNumber serial = SerialNumber.random(new SecureRandom());
    Instant now = server.clock().instant();
    CertificateRecord entry =
        CertificateRecord.prepared(
                serial,
                CertificateKind.TLS_SERVER,
                CaName.ISSUING,
                new SubscriberId("tls-server"),
                Validity.lasting(Duration.ofDays(30), now),
                now,
                new NodeName("other"))
            .issued();
    Boolean unused =
        other
            .storage()
            .transactions()
            .inTransaction(
                stores -> {
                  stores.certificates().restore(entry, Der.copyOf(serial.value().toByteArray()));
                  return true;
                });
    return serial;
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.statusUrl().resolve(path));
  }
}
