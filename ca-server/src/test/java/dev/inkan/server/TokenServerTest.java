package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.SoftHsm;
import dev.inkan.server.assembly.Server;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server all of whose keys that make trust are in a token. */
@Tag("S18")
final class TokenServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  static final String GOOD = new CertificateStatus.Good().toString();

  @TempDir private Path folder;

  private String[] settings() throws Exception {
    return settings(folder);
  }

  /** What puts every key of an installation in {@code folder} into the token. */
  static String[] settings(Path folder) throws Exception {
    SoftHsm.start();
    Path pin = folder.resolve("token.pin");
    Files.writeString(pin, SoftHsm.PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "INKAN_TOKEN_LIBRARY",
                SoftHsm.LIBRARY.toString(),
                "INKAN_TOKEN_LABEL",
                SoftHsm.LABEL,
                "INKAN_TOKEN_PIN_FILE",
                pin.toString(),
                "INKAN_STATUS_NEXT_UPDATE",
                "60s"));
    put(folder, settings, "INKAN_AUTHORITY_ROOT_KEY_FILE", "root");
    put(folder, settings, "INKAN_AUTHORITY_ISSUING_KEY_FILE", "issuing");
    put(folder, settings, "INKAN_STATUS_RESPONDER_KEY_FILE", "responder");
    put(folder, settings, "INKAN_AUDIT_KEY_FILE", "audit");
    return settings.toArray(String[]::new);
  }

  private static void put(Path folder, List<String> settings, String variable, String name) {
    settings.add(variable);
    settings.add("pkcs11:object=" + folder.getFileName() + "-" + name);
  }

  @Test
  @DisplayName("init, issue, CRL and OCSP with every key in a token; it goes away and comes back")
  void everythingInAToken() throws Exception {
    try (TestServer server = TestServer.start(folder, settings())) {
      for (String name : List.of("issuing", "root", "audit", "responder")) {
        assertThat(folder.resolve("keys/" + name + ".p12")).doesNotExist();
        assertThat(folder.resolve("keys/" + name + ".passphrase")).doesNotExist();
      }
      List<X509Certificate> chain = chain(server.visitor(server.newPerson()).issued());
      X509CRL before = crl(server);
      before.verify(chain.get(1).getPublicKey());
      await().until(() -> ask(server, chain, false).equals(GOOD));
      Visitor second = server.newVisitor().confirmed();

      SoftHsm.without(() -> assertAway(server, second, chain, number(before)));

      await().atMost(Duration.ofSeconds(10)).until(() -> second.issue().status() == 303);
      assertThat(second.awaitResult().status()).isEqualTo(200);
      List<X509Certificate> after = chain(second);
      after.get(0).verify(chain.get(1).getPublicKey());
      assertThat(ask(server, chain, true)).isEqualTo(GOOD);
      assertThat(publish(server).status()).isEqualTo(200);
      assertThat(number(crl(server))).isGreaterThan(number(before));

      server.stop();
      try (Server again =
          Server.start(
              server.config(), server.host(server.config()), new ClockPolicy(Duration.ofDays(1)))) {
        assertThat(again.statusPort()).isPositive();
        assertThat(chain(server.visitor(server.newPerson()).issued()).get(1))
            .isEqualTo(chain.get(1));
      }
    }
  }

  @Test
  @DisplayName(
      "A wrong PIN ends with 78, at which nothing starts the server again; no token with 1")
  void wrongPin() throws Exception {
    List<String> settings = List.of(settings());
    String text =
        String.join(
            "\n",
            TestServer.CONFIGURATION + "authority:",
            "  issuing-key-file: pkcs11:object=any",
            "token:",
            "  library: " + SoftHsm.LIBRARY,
            "  label: " + SoftHsm.LABEL,
            "  pin-file: token.pin",
            "");
    assertThat(settings).contains(folder.resolve("token.pin").toString());
    Path file = Files.writeString(folder.resolve("inkan.yaml"), text);
    Files.writeString(folder.resolve("token.pin"), "00000000");

    SoftHsm.without(() -> assertThat(init(file)).isEqualTo(1));
    assertThat(init(file)).isEqualTo(78);
  }

  static int init(Path file) {
    return InkanServer.commandLine(Clock.systemUTC(), new SecureRandom())
        .execute("init", "--config", file.toString());
  }

  private static void assertAway(
      TestServer server, Visitor visitor, List<X509Certificate> chain, BigInteger number)
      throws Exception {
    Reply refused = visitor.issue();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.heading()).isEqualTo("ただいまご利用いただけません");
    assertThat(server.ledger(visitor.person())).as("no serial number is burnt").isEmpty();
    assertThat(ask(server, chain, false)).as("signed before").isEqualTo(GOOD);
    assertThat(ask(server, chain, true)).as("to be signed").isEqualTo("try later");
    server.clock().advance(Duration.ofSeconds(40));
    assertThat(ask(server, chain, false)).as("until its nextUpdate").isEqualTo(GOOD);
    server.clock().advance(Duration.ofSeconds(30));
    assertThat(ask(server, chain, false)).as("and no longer").isEqualTo("try later");
    assertThat(publish(server).status()).isEqualTo(503);
    assertThat(number(crl(server))).as("the last CRL stays").isEqualTo(number);
  }

  private static Staff.Answer publish(TestServer server) {
    return server.administrator().post("/crls/publish", Map.of());
  }

  /** The visitor's certificate and the issuing CA's. */
  static List<X509Certificate> chain(Visitor visitor) throws Exception {
    char[] password = visitor.person().password().toCharArray();
    KeyStore file = KeyStore.getInstance("PKCS12");
    file.load(new ByteArrayInputStream(visitor.download().octets()), password);
    String alias = file.aliases().nextElement();
    return Stream.of(file.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
  }

  static String ask(TestServer server, List<X509Certificate> chain, boolean nonce)
      throws Exception {
    OcspQuestion question =
        new OcspQuestion(Der.copyOf(chain.get(1).getEncoded()))
            .about(chain.get(0).getSerialNumber());
    byte[] octets = (nonce ? question.nonce(16) : question).encoded();
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(server.ocspUrl())
                .header("Content-Type", "application/ocsp-request")
                .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    OcspReply reply = new OcspReply(answer.body());
    return reply.code() == 3 ? "try later" : reply.status().toString();
  }

  static BigInteger number(X509CRL crl) {
    return ASN1Integer.getInstance(
            ASN1OctetString.getInstance(crl.getExtensionValue("2.5.29.20")).getOctets())
        .getValue();
  }

  private static X509CRL crl(TestServer server) throws Exception {
    return crl(server, "issuing");
  }

  static X509CRL crl(TestServer server, String ca) throws Exception {
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.statusUrl() + "/crl/" + ca + ".crl")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(answer.body()));
  }
}
