package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Near the end of a CA, what it signs ends with it. */
final class IssuingCaLifetimesTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);

  @Test
  @Tag("S12")
  @DisplayName("S12: an issuing CA made ten years before the root's end, and after, ends with it")
  void endsWithTheRoot() {
    Instant rootsEnd = validUntil(PKI.root().certificate());
    Instant late = rootsEnd.minus(Duration.ofDays(1000));

    Der certificate =
        new IssuingCaCertificates(
                PKI.root(),
                TestPki.PUBLICATION.root(),
                PKI.host(new MutableClock(late)),
                PKI.providers())
            .certify(
                new CertificationRequest(
                    SubjectName.of(TestPki.ORGANISATION, "Test Issuing CA 2"),
                    PKI.keys().signingKey(KeyAlgorithm.P_384).publicKey()));

    assertThat(validUntil(certificate)).isEqualTo(rootsEnd);
    assertThat(
            IssuingCaCertificates.entry(
                new CaName("issuing-2"), certificate, PKI.host(new MutableClock(late))))
        .extracting(it -> it.issuer(), it -> it.subscriber().value())
        .containsExactly(CaName.ROOT, "issuing-2");
  }

  @Test
  @Tag("E1")
  @DisplayName("E1: a CA in its last month still has a responder, which ends with it")
  void responderToTheVeryEnd() {
    Issuer issuer = Issuer.of(PKI.issuing().certificate(), TestPki.PUBLICATION.issuing());
    Instant end = issuer.validity().notAfter();
    MutableClock clock = new MutableClock(end.minus(Duration.ofDays(3)));

    CertifiedKey made = PKI.ocspResponderCertificates(clock).make("bank");

    assertThat(made.entry().validity().notAfter()).isEqualTo(end);
  }

  private static Instant validUntil(Der certificate) {
    X509Certificate parsed = TestPki.x509(certificate);
    return parsed.getNotAfter().toInstant();
  }
}
