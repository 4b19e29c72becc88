package dev.inkan.core.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E1")
class OcspResponderTest {

  private static final Instant NOW = TestPki.NOW.plusMillis(123);
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Der ISSUER = PKI.issuing().certificate();
  private static final CertifiedKey MADE =
      PKI.ocspResponderCertificates(new MutableClock(NOW)).make(TestPki.ORGANISATION);
  private static final SerialNumber SERIAL = SerialNumber.parse("4123456789abcdef0123456789abcdef");
  private static final CertificateStatus GOOD = new CertificateStatus.Good();

  private final OcspResponder responder = new OcspResponder(MADE.credential());
  private final OcspRequestReader reader = new OcspRequestReader(32);

  @Test
  @DisplayName("E1: the responder's certificate is P-256, 30 days, OCSPSigning, nocheck, of the CA")
  void certificate() throws Exception {
    X509Certificate certificate = TestPki.x509(MADE.credential().certificate());
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.9");
    assertThat(certificate.getExtensionValue("1.3.6.1.5.5.7.48.1.5")).isNotNull();
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(MADE.entry().kind()).isEqualTo(CertificateKind.OCSP_RESPONDER);
    assertThat(Duration.between(MADE.entry().validity().notBefore(), MADE.entry().validity().end()))
        .isEqualTo(Duration.ofDays(30));
    certificate.verify(TestPki.x509(ISSUER).getPublicKey());
  }

  @Test
  @DisplayName("E1: every status is DER, signed by the delegate that is in it, and read back alike")
  void everyStatus() {
    List<CertificateStatus> statuses = new ArrayList<>();
    statuses.add(GOOD);
    statuses.add(new CertificateStatus.Unknown());
    for (RevocationReason reason : RevocationReason.values()) {
      statuses.add(new CertificateStatus.Revoked(TestPki.NOW.minusSeconds(5), reason));
    }
    for (CertificateStatus status : statuses) {
      OcspReply reply = reply(question(), status);
      assertThat(reply.isDer()).isTrue();
      assertThat(reply.isSignedUnder(ISSUER)).isTrue();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.thisUpdate()).isEqualTo(TestPki.NOW);
      assertThat(reply.nextUpdate()).isEqualTo(TestPki.NOW.plusSeconds(60));
      assertThat(reply.basic().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke))
          .isNull();
    }
  }

  @Test
  @DisplayName(
      "E1: a burnt serial number is revoked with extended-revoke, hold and 1970 (RFC 6960)")
  void extendedRevoke() {
    OcspReply reply = reply(question().nonce(9), SingleAnswer.NEVER_ISSUED);
    assertThat(reply.status())
        .isEqualTo(new CertificateStatus.Revoked(Instant.EPOCH, RevocationReason.CERTIFICATE_HOLD));
    assertThat(reply.basic().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_extended_revoke))
        .isNotNull();
    assertThat(reply.nonce()).hasSize(9);
    assertThat(reply.isDer()).isTrue();
  }

  @Test
  @DisplayName(
      "E1: CertIDs are echoed octet for octet, SHA-1 and SHA-256, and a nonce of any length")
  void echoes() {
    for (var hash : List.of(OcspQuestion.SHA_1, OcspQuestion.SHA_256)) {
      for (int length : new int[] {1, 127, 128}) {
        OcspQuestion question = new OcspQuestion(ISSUER, hash).about(SERIAL).nonce(length);
        OcspReply reply = reply(question, GOOD);
        assertThat(reply.singles()[0].getCertID()).isEqualTo(question.id(SERIAL.value()));
        assertThat(reply.nonce()).hasSize(length).containsOnly(0x5a);
        assertThat(reply.isDer()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("E1: 32 certificates are answered in the order in which they were asked")
  void severalCertificates() {
    OcspQuestion question = new OcspQuestion(ISSUER);
    for (int i = 1; i <= 32; i++) {
      question.about(java.math.BigInteger.valueOf(i));
    }
    OcspReply reply = reply(question, GOOD);
    assertThat(reply.singles())
        .extracting(SingleResp::getCertID)
        .extracting(id -> id.getSerialNumber().intValue())
        .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, 32).boxed().toList());
    assertThat(reply.isDer()).isTrue();
    assertThat(reply.isSignedUnder(ISSUER)).isTrue();
  }

  @Test
  @DisplayName("E1: the responder is named by its key's SHA-1, and its certificate is inside")
  void responderId() throws Exception {
    OcspReply reply = reply(question(), GOOD);
    X509CertificateHolder own = reply.basic().getCerts()[0];
    assertThat(Der.copyOf(own.getEncoded())).isEqualTo(MADE.credential().certificate());
    assertThat(reply.basic().getResponderId())
        .isEqualTo(
            new RespID(
                own.getSubjectPublicKeyInfo(),
                new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1)));
  }

  @Test
  @DisplayName("E1: the CA's own hashes are recognised, another CA's and unknown ones are not")
  void issuer() {
    assertThat(responder.isIssuerOf(id(question()))).isTrue();
    assertThat(
            responder.isIssuerOf(id(new OcspQuestion(ISSUER, OcspQuestion.SHA_256).about(SERIAL))))
        .isTrue();
    assertThat(
            responder.isIssuerOf(id(new OcspQuestion(ISSUER, OcspQuestion.SHA_512).about(SERIAL))))
        .isFalse();
    assertThat(responder.isIssuerOf(id(new OcspQuestion(PKI.root().certificate()).about(SERIAL))))
        .isFalse();
  }

  @Test
  @DisplayName("a key that is not delegated to sign answers is refused")
  void foreignKeys() {
    assertThatThrownBy(() -> new OcspResponder(PKI.issuing()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OcspResponder(PKI.root()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OcspQuestion question() {
    return new OcspQuestion(ISSUER).about(SERIAL);
  }

  private CertificateId id(OcspQuestion question) {
    return request(question).certificates().get(0);
  }

  private OcspRequest request(OcspQuestion question) {
    return ((OcspReading.Understood) reader.read(question.encoded())).request();
  }

  private OcspReply reply(OcspQuestion question, CertificateStatus status) {
    OcspRequest request = request(question);
    List<SingleAnswer> answers =
        request.certificates().stream().map(id -> new SingleAnswer(id, status)).toList();
    Freshness freshness = new Freshness(NOW, NOW, NOW.plusSeconds(60));
    Optional<Nonce> nonce = request.nonce();
    return new OcspReply(responder.sign(answers, freshness, nonce));
  }
}
