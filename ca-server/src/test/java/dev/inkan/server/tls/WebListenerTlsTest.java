package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.server.tls.TlsTestPki.Issued;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes by the JDK and by OpenSSL against a real listener. */
@Tag("B1")
class WebListenerTlsTest {

  @TempDir Path folder;

  private final TlsTestPki pki = new TlsTestPki();
  private final FakeLedger ledger = new FakeLedger();
  private ListenerUnderTest listener;

  @BeforeEach
  void listen() {
    listener = start(pki.server());
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private ListenerUnderTest start(Issued server) {
    return new ListenerUnderTest(pki, server, ledger, ListenerLimits.standard(), folder);
  }

  enum Shown {
    NONE("None"),
    VALID("Valid"),
    EXPIRED("Expired"),
    REVOKED("Revoked"),
    OTHER_CA_OF_THE_SAME_NAME("Foreign"),
    SELF_SIGNED("Foreign"),
    SERVER_KIND("Foreign"),
    OPERATOR_KIND("Foreign"),
    RESPONDER_KIND("Foreign"),
    VALID_WITH_JUNK_BEHIND("Valid");

    final String told;

    Shown(String told) {
      this.told = told;
    }

    String page() {
      return "shown: " + told + ".";
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VALID_WITH_JUNK_BEHIND")
  @DisplayName("B1, C6, S7: every certificate reaches the application over the JDK's TLS")
  void everyCertificateIsToldWhatItIs(Shown shown) throws Exception {
    assertThat(body(client(certificate(shown)))).isEqualTo(shown.page());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B1, C6, S7: every certificate reaches the application over OpenSSL's TLS")
  void opensslSeesTheSame(Shown shown) throws Exception {
    String[] options = options(certificate(shown));
    if (shown == Shown.VALID_WITH_JUNK_BEHIND) {
      options = with(options, "-cert_chain", junk().toString());
    }
    for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
      assertThat(OpenSsl.get(listener.port(), with(options, version)))
          .contains("HTTP/1.1 200 OK")
          .contains(shown.page());
    }
  }

  @Test
  @DisplayName("browsers are told our CA's name")
  void advertisesOurCa() throws Exception {
    assertThat(OpenSsl.get(listener.port()))
        .contains("Acceptable client certificate CA names")
        .contains("CN = Test Issuing CA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_1", "-tls1"})
  @Tag("S16")
  @DisplayName("S16: TLS 1.0 and 1.1 are refused")
  void oldVersionsAreRefused(String version) throws Exception {
    assertThat(OpenSsl.get(listener.port(), version, "-cipher", "ALL:@SECLEVEL=0"))
        .contains("protocol version")
        .doesNotContain("HTTP/1.1");
  }

  @Test
  @Tag("S16")
  @DisplayName("S16: of all of OpenSSL's TLS 1.2 suites only forward-secret AEAD ones are answered")
  void onlyForwardSecretSuites() throws Exception {
    assertSuites("ECDHE-ECDSA-", 3);
    listener.close();
    listener = start(pki.rsaServer());
    assertSuites("ECDHE-RSA-", 3);
  }

  private void assertSuites(String prefix, int count) throws IOException, InterruptedException {
    int answered = 0;
    for (String suite : OpenSsl.suites()) {
      String said = OpenSsl.get(listener.port(), "-tls1_2", "-cipher", suite + ":@SECLEVEL=0");
      if (said.contains("HTTP/1.1 200")) {
        answered++;
        assertThat(suite).startsWith(prefix).matches(".*(GCM-SHA256|GCM-SHA384|POLY1305)");
      }
    }
    assertThat(answered).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @DisplayName("a resumed session is not trusted: the certificate counts anew for every request")
  void aResumedSessionIsCheckedAgain(String version) throws Exception {
    Issued mine = certificate(Shown.VALID);
    String session = folder.resolve("session.pem").toString();
    String[] options = with(options(mine), version);
    String first = OpenSsl.get(listener.port(), with(options, "-sess_out", session));
    assertThat(first).contains(Shown.VALID.page());
    ledger.revoke(mine.certificate(), RevocationReason.KEY_COMPROMISE);
    String second = OpenSsl.get(listener.port(), with(options, "-sess_in", session));
    assertThat(second).contains("Reused, TLSv1").contains(Shown.REVOKED.page());
  }

  @Test
  @DisplayName("HTTP/1.1 only, and any server name is served")
  void serverNamesAndProtocols() throws Exception {
    assertThat(OpenSsl.get(listener.port(), "-alpn", "h2,http/1.1", "-servername", "bank.example"))
        .contains("No ALPN negotiated")
        .contains("HTTP/1.1 200 OK")
        .doesNotContain("Server:");
  }

  private Issued certificate(Shown shown) {
    Issued issued =
        switch (shown) {
          case NONE, VALID, REVOKED, OPERATOR_KIND, VALID_WITH_JUNK_BEHIND ->
              pki.subscriber("taro01");
          case EXPIRED -> pki.expired("taro01");
          case OTHER_CA_OF_THE_SAME_NAME -> new TlsTestPki().subscriber("taro01");
          case SELF_SIGNED -> TlsTestPki.selfSigned(TlsTestPki.ISSUING_NAME, false);
          case SERVER_KIND -> pki.server();
          case RESPONDER_KIND ->
              pki.leaf(
                  "ocsp",
                  TlsTestPki.now().minusSeconds(60),
                  TlsTestPki.now().plusSeconds(60),
                  KeyPurposeId.id_kp_OCSPSigning);
        };
    X509Certificate certificate = issued.certificate();
    switch (shown) {
      case REVOKED -> ledger.revoke(certificate, RevocationReason.KEY_COMPROMISE);
      case OPERATOR_KIND -> ledger.issue(certificate, CertificateKind.OPERATOR);
      case SERVER_KIND -> ledger.issue(certificate, CertificateKind.TLS_SERVER);
      case RESPONDER_KIND -> ledger.issue(certificate, CertificateKind.OCSP_RESPONDER);
      case NONE -> {}
      default -> ledger.issue(certificate);
    }
    if (shown != Shown.NONE) {
      issued.pkcs12(folder.resolve("client.p12"));
    }
    return issued;
  }

  private String[] options(Issued shown) throws IOException, InterruptedException {
    Path file = folder.resolve("client.p12");
    if (!Files.exists(file)) {
      return new String[0];
    }
    assertThat(shown.certificate()).isNotNull();
    String pem = OpenSsl.pem(file).toString();
    return new String[] {"-cert", pem, "-key", pem};
  }

  private Path junk() throws IOException, InterruptedException {
    Issued stranger = TlsTestPki.selfSigned("CN=junk", true);
    return OpenSsl.pem(stranger.pkcs12(folder.resolve("junk.p12")));
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  private String body(HttpClient client) throws IOException, InterruptedException {
    URI uri = URI.create("https://localhost:" + listener.port() + "/");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private HttpClient client(Issued shown) throws GeneralSecurityException, IOException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", pki.issuing.certificate());
    var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(shown), trusts.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private KeyManager[] keyManagers(Issued shown) throws GeneralSecurityException, IOException {
    Path file = folder.resolve("client.p12");
    if (!Files.exists(file)) {
      return new KeyManager[0];
    }
    assertThat(shown.certificate()).isNotNull();
    KeyStore store = KeyStore.getInstance(file.toFile(), TlsTestPki.PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, TlsTestPki.PASSWORD);
    return keys.getKeyManagers();
  }
}
