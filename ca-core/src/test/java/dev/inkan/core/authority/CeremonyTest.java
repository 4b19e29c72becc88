package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.issue.ValidityOutsideIssuerException;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);

  @Test
  void makesARootOfTwentyYears() throws Exception {
    X509Certificate root = TestPki.x509(PKI.root().certificate());

    root.verify(root.getPublicKey());
    assertThat(root.getSubjectX500Principal().getName())
        .isEqualTo("CN=Test Root CA,O=テスト労働金庫,C=JP");
    assertThat(root.getBasicConstraints()).isEqualTo(1);
    assertThat(root.getNotAfter().toInstant().atOffset(ZoneOffset.UTC).getYear()).isEqualTo(2046);
    assertThat(PKI.root().algorithm()).isEqualTo(KeyAlgorithm.P_384);
    assertThat(PKI.root().chain()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyAlgorithm.class,
      names = {"P_384", "RSA_3072"})
  void makesAnIssuingCaOfTenYears(KeyAlgorithm algorithm) throws Exception {
    CeremonyResult made = perform(algorithm);
    X509Certificate issuing = TestPki.x509(made.issuing().credential().certificate());
    X509Certificate root = TestPki.x509(made.root().credential().certificate());

    issuing.verify(root.getPublicKey());
    assertThat(issuing.getBasicConstraints()).isZero();
    assertThat(issuing.getNotAfter().toInstant().atOffset(ZoneOffset.UTC).getYear())
        .isEqualTo(2036);
    assertThat(made.issuing().credential().algorithm()).isEqualTo(algorithm);
    assertThat(made.issuing().entry().kind()).isEqualTo(CertificateKind.ISSUING_CA);
    assertThat(made.issuing().entry().state()).isEqualTo(LedgerState.ISSUED);
    assertThat(made.issuing().entry().serialNumber().value()).isEqualTo(issuing.getSerialNumber());
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyAlgorithm.class,
      names = {"P_256", "RSA_2048"})
  void refusesAWeakerIssuingCa(KeyAlgorithm algorithm) {
    assertThatIllegalArgumentException().isThrownBy(() -> perform(algorithm));
  }

  @Test
  void writesATranscriptToBeReadAloud() {
    String transcript = String.join("\n", PKI.ceremony().transcript());
    String fingerprint = Fingerprint.of(PKI.root().certificate()).hex().toUpperCase(Locale.ROOT);

    assertThat(transcript)
        .startsWith("Key ceremony at 2026-11-22T03:00:00Z on node test-node")
        .contains("Root certification authority", "Issuing certification authority")
        .contains(PKI.ceremony().root().entry().serialNumber().toString())
        .contains("p-384", "2026-11-22T02:50:00Z")
        .contains(fingerprint.substring(0, 4) + " " + fingerprint.substring(4, 8));
    assertThat(transcript.replaceAll("\\s", "")).contains(fingerprint);
  }

  @Test
  void makesATlsServerCertificate() throws Exception {
    MutableClock clock = new MutableClock(TestPki.NOW);
    CertifiedKey made =
        PKI.tlsServerCertificates(clock)
            .make(
                "テスト労働金庫",
                List.of(
                    SubjectAlternativeName.parse("CA.example"),
                    SubjectAlternativeName.parse("127.0.0.1"),
                    SubjectAlternativeName.parse("::1")),
                KeyAlgorithm.P_256,
                397);
    X509Certificate certificate = TestPki.x509(made.credential().certificate());

    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("ca.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(
            Duration.between(
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()))
        .isLessThan(Duration.ofDays(397));
    assertThat(made.credential().chain()).hasSize(3);
    assertThat(made.entry().kind()).isEqualTo(CertificateKind.TLS_SERVER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 398})
  void refusesATlsServerCertificateThatBrowsersWould(int days) {
    TlsServerCertificates tls = PKI.tlsServerCertificates(new MutableClock(TestPki.NOW));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                tls.make("o", List.of(SubjectAlternativeName.dns("a")), KeyAlgorithm.P_256, days));
  }

  @Test
  void refusesATlsServerWithoutName() {
    TlsServerCertificates tls = PKI.tlsServerCertificates(new MutableClock(TestPki.NOW));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tls.make("o", List.of(), KeyAlgorithm.P_256, 90));
  }

  @Test
  void refusesATlsServerCertificateBeyondTheIssuer() {
    MutableClock late = new MutableClock(TestPki.NOW.plus(Duration.ofDays(3_650)));
    assertThatThrownBy(
            () ->
                PKI.tlsServerCertificates(late)
                    .make("o", List.of(SubjectAlternativeName.dns("a")), KeyAlgorithm.P_256, 90))
        .isInstanceOf(ValidityOutsideIssuerException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a..b", "a b", "a/b", "*.example", "日本.example"})
  void refusesWhatIsNoHostName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectAlternativeName.dns(name));
  }

  @Test
  void writesPem() throws Exception {
    List<Der> chain = PKI.issuing().chain();
    byte[] pem = Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII);

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem)))
        .hasSize(2);
    assertThat(Pem.certificates(chain).lines()).allMatch(line -> line.length() <= 64);
  }

  private static CeremonyResult perform(KeyAlgorithm algorithm) {
    return new Ceremony(PKI.host(new MutableClock(TestPki.NOW)), PKI.providers())
        .perform(
            new CeremonyPlan(
                "o", "Root", "Issuing", algorithm, TestPki.PUBLICATION, TestPki.POLICIES));
  }
}
