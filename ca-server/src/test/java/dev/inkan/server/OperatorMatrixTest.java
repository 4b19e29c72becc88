package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.key.AuthorityKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in at the admin listener: every sort of certificate, and its stated answer (S7). */
@Tag("S7")
final class OperatorMatrixTest {

  private static final String PASSPHRASE = "matrix-passphrase";

  @TempDir private static Path folder;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final CryptoProviders PROVIDERS = CryptoProviders.bouncyCastle();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Staff.Answer asks(byte[] pfx, String password) {
    return server.staff(pfx, password).get("/self");
  }

  private static void isRefused(byte[] pfx, String password, String problem) {
    Staff.Answer answer = asks(pfx, password);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.body().path("requestNumber").asText()).hasSize(8);
    assertThat(answer.body().path("tryNext")).isNotEmpty();
    assertThat(server.query("SELECT detail FROM audit_event WHERE action = 'OPERATION_REFUSED'"))
        .contains("GET /self: " + problem);
  }

  @Test
  @DisplayName("S7: without a certificate the handshake ends")
  void none() {
    Staff nobody =
        new Staff(
            new TrustedClients(folder.resolve("keys/root.cer")).anonymous(), server.adminUrl());

    assertThatThrownBy(() -> nobody.get("/self"))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("S7: one of another CA of the same name ends the handshake, and nothing is audited")
  void otherCaOfTheSameName() throws Exception {
    List<String> before = server.query("SELECT COUNT(*) FROM audit_event");
    Credential impostor = impostor();
    Staff stranger = server.staff(pfx(impostor), PASSPHRASE);

    assertThatThrownBy(() -> stranger.get("/self"))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isInstanceOfAny(SSLHandshakeException.class, IOException.class);
    assertThat(server.query("SELECT COUNT(*) FROM audit_event")).isEqualTo(before);
  }

  /** An operator's certificate under a CA with the issuing CA's name and another key. */
  private static Credential impostor() throws Exception {
    X509Certificate ours = chain().get(0);
    dev.inkan.core.testing.TestPki other =
        new dev.inkan.core.testing.TestPki(Instant.now().minusSeconds(3600));
    SigningKey key = new KeyPairFactory(PROVIDERS, RANDOM).signingKey(KeyAlgorithm.P_256);
    var builder =
        new org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder(
            ours.getSubjectX500Principal(),
            java.math.BigInteger.valueOf(4711),
            java.util.Date.from(Instant.now().minusSeconds(60)),
            java.util.Date.from(Instant.now().plusSeconds(3600)),
            new javax.security.auth.x500.X500Principal("C=JP, O=Bank, CN=admin"),
            key.publicKey());
    Der forged = Der.copyOf(builder.build(other.issuing().newSigner()).getEncoded());
    return key.certified("impostor", List.of(forged));
  }

  @Test
  @DisplayName("S7: a user's certificate is told that it is no operator's")
  void users() {
    Person person = server.newPerson();
    byte[] file = server.visitor(person).issued().download().octets();

    isRefused(file, person.password(), "not-an-operator");
  }

  @Test
  @DisplayName("S7: the TLS server's own certificate is told that it is no operator's")
  void servers() throws IOException {
    Path keys = folder.resolve("keys");

    isRefused(
        Files.readAllBytes(keys.resolve("tls.p12")),
        Files.readString(keys.resolve("tls.passphrase")),
        "not-an-operator");
  }

  @Test
  @DisplayName("S7: an OCSP responder's certificate is told that it is no operator's")
  void responders() {
    Credential responder = certified(CertificateProfile::ocspResponder, "responder");
    record(responder, CertificateKind.OCSP_RESPONDER, "ocsp-responder");

    isRefused(pfx(responder), PASSPHRASE, "not-an-operator");
  }

  @Test
  @DisplayName("S7: an operator's of ours that the ledger does not know is no operator's")
  void notInTheLedger() {
    isRefused(pfx(certified(CertificateProfile::operator, "ghost")), PASSPHRASE, "not-an-operator");
  }

  @Test
  @DisplayName("S7: an operator's in the ledger that no operator has is no operator's")
  void ofNobody() {
    Credential nobodys = certified(CertificateProfile::operator, "admin");
    record(nobodys, CertificateKind.OPERATOR, "operator:admin");

    isRefused(pfx(nobodys), PASSPHRASE, "not-an-operator");
  }

  @Test
  @DisplayName("S7: an expired one is told so, and one that is not valid yet")
  void expired() {
    Staff.Answer made = made("late");
    byte[] file = Base64.getDecoder().decode(made.body().path("pkcs12").asText());
    String password = made.body().path("passphrase").asText();
    assertThat(asks(file, password).status()).isEqualTo(200);

    server.update(
        "UPDATE certificate SET not_before = TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00',"
            + " not_after = TIMESTAMP WITH TIME ZONE '2020-12-31 00:00:00+00'"
            + " WHERE subscriber_id = 'operator:late'");
    isRefused(file, password, "credential-expired");

    server.update(
        "UPDATE certificate SET not_after = TIMESTAMP WITH TIME ZONE '2090-01-01 00:00:00+00',"
            + " not_before = TIMESTAMP WITH TIME ZONE '2089-12-31 00:00:00+00'"
            + " WHERE subscriber_id = 'operator:late'");
    isRefused(file, password, "credential-expired");
  }

  @Test
  @DisplayName("S7: a revoked one is told so at the next request, on a connection still open")
  void revoked() {
    Staff.Answer made = made("gone");
    byte[] file = Base64.getDecoder().decode(made.body().path("pkcs12").asText());
    String password = made.body().path("passphrase").asText();
    Staff staff = server.staff(file, password);
    assertThat(staff.get("/self").status()).isEqualTo(200);

    server.update(
        "UPDATE certificate SET revoked_at = CURRENT_TIMESTAMP, revocation_reason = 1"
            + " WHERE subscriber_id = 'operator:gone'");

    assertThat(staff.get("/self").problem()).isEqualTo("credential-revoked");
    isRefused(file, password, "credential-revoked");
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: a disabled operator is out at the next request; the last administrator stays")
  void disabled() {
    Staff.Answer made = made("leaver");
    byte[] file = Base64.getDecoder().decode(made.body().path("pkcs12").asText());
    String password = made.body().path("passphrase").asText();
    Staff staff = server.staff(file, password);
    assertThat(staff.get("/self").status()).isEqualTo(200);

    Staff.Answer disabled = server.administrator().post("/operators/leaver/disable");

    assertThat(disabled.body().path("state").asText()).isEqualTo("DISABLED");
    assertThat(staff.get("/self").problem()).isEqualTo("operator-disabled");
    isRefused(file, password, "operator-disabled");
    assertThat(server.administrator().post("/operators/admin/disable").problem())
        .isEqualTo("wrong-state");
    assertThat(server.administrator().post("/operators/leaver/renew").problem())
        .isEqualTo("wrong-state");
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: a renewed credential replaces and revokes the older one when it is used first")
  void renewed() {
    Staff.Answer made = made("renewer");
    Staff old =
        server.staff(
            Base64.getDecoder().decode(made.body().path("pkcs12").asText()),
            made.body().path("passphrase").asText());

    Staff.Answer renewed = old.post("/operators/renewer/renew");
    assertThat(old.get("/self").status()).as("the newer one may have been lost").isEqualTo(200);
    Staff newer =
        server.staff(
            Base64.getDecoder().decode(renewed.body().path("pkcs12").asText()),
            renewed.body().path("passphrase").asText());

    assertThat(newer.get("/self").status()).isEqualTo(200);
    assertThat(old.get("/self").problem()).isEqualTo("credential-revoked");
    assertThat(
            server.query(
                "SELECT revocation_reason FROM certificate WHERE subscriber_id ="
                    + " 'operator:renewer' AND revoked_at IS NOT NULL"))
        .containsExactly("4");
    assertThat(newer.post("/operators/admin/renew").problem()).isEqualTo("role-missing");
  }

  private static Staff.Answer made(String name) {
    return server
        .administrator()
        .post(
            "/operators",
            java.util.Map.of("name", name, "displayName", name, "roles", List.of("CLERK")));
  }

  private static List<X509Certificate> chain() {
    return Authorities.open(server.config(), server.host(server.config()), server.storage())
        .chain();
  }

  private static Credential certified(
      Function<PolicyIdentifiers, CertificateProfile> profile, String name) {
    PolicyIdentifiers policies = PolicyIdentifiers.below(server.config().authority().policyOid());
    IssuerKey issuing = new AuthorityKeys(server.config(), PROVIDERS, RANDOM).issuing().open();
    IssuingCa ca =
        new IssuingCa(
            CaName.ISSUING,
            issuing,
            AuthorityUris.below(server.config().status().baseUrl(), "issuing"),
            policies,
            KeyPolicy.BANK,
            PROVIDERS,
            RANDOM);
    SigningKey key = new KeyPairFactory(PROVIDERS, RANDOM).signingKey(KeyAlgorithm.P_256);
    Der certificate =
        ca.certify(
            new CertificateTemplate(
                profile.apply(policies),
                SerialNumber.random(RANDOM),
                Validity.lasting(Duration.ofDays(10), ca.validity().notBefore().plusSeconds(1)),
                SubjectName.of("Bank", name),
                key.publicKey()));
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(ca.chain());
    return key.certified(name, chain);
  }

  private static void record(Credential credential, CertificateKind kind, String subscriber) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              java.security.cert.CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(credential.certificate().toByteArray()));
      CertificateRecord entry =
          CertificateRecord.prepared(
                  new SerialNumber(certificate.getSerialNumber()),
                  kind,
                  CaName.ISSUING,
                  new SubscriberId(subscriber),
                  new Validity(
                      certificate.getNotBefore().toInstant(),
                      certificate.getNotAfter().toInstant()),
                  server.clock().instant(),
                  new NodeName("matrix"))
              .issued();
      Boolean unused =
          server
              .storage()
              .transactions()
              .inTransaction(
                  stores -> {
                    stores.certificates().restore(entry, credential.certificate());
                    return true;
                  });
    } catch (java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] pfx(Credential credential) {
    try (Passphrase passphrase = Passphrase.copyOf(PASSPHRASE.toCharArray())) {
      return credential.toPkcs12(passphrase).toByteArray();
    }
  }
}
