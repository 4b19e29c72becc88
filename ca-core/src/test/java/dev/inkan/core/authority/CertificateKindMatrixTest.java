package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.TestPki;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of certificate, held against each purpose, by the JDK's path validation. */
@Tag("S7")
class CertificateKindMatrixTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final TestPki OTHER_CA_OF_THE_SAME_NAME = new TestPki(TestPki.NOW);
  private static final Map<CertificateKind, X509Certificate> CERTIFICATES = certificates(PKI);

  /** What a relying party asks for: an extended key usage and a policy. */
  private enum Purpose {
    LOG_IN(CertificateKind.SUBSCRIBER, "1.3.6.1.5.5.7.3.2", TestPki.POLICIES.subscriber()),
    ADMINISTER(CertificateKind.OPERATOR, "1.3.6.1.5.5.7.3.2", TestPki.POLICIES.operator()),
    ANSWER_STATUS(
        CertificateKind.OCSP_RESPONDER, "1.3.6.1.5.5.7.3.9", TestPki.POLICIES.ocspResponder()),
    SERVE_TLS(CertificateKind.TLS_SERVER, "1.3.6.1.5.5.7.3.1", TestPki.POLICIES.tlsServer()),
    SIGN_CHECKPOINTS(CertificateKind.AUDIT, "1.3.6.1.5.5.7.3.36", TestPki.POLICIES.audit());

    private final CertificateKind kind;
    private final String usage;
    private final String policy;

    Purpose(CertificateKind kind, String usage, String policy) {
      this.kind = kind;
      this.usage = usage;
      this.policy = policy;
    }
  }

  @ParameterizedTest(name = "S7: {0} for {1}")
  @MethodSource("pairs")
  void worksForItsOwnPurposeAlone(CertificateKind kind, Purpose purpose) throws Exception {
    X509Certificate certificate = certificate(CERTIFICATES, kind);
    if (kind == purpose.kind) {
      validate(certificate, purpose, PKI);
    } else {
      assertThatThrownBy(() -> validate(certificate, purpose, PKI))
          .isInstanceOf(CertPathValidatorException.class);
    }
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Purpose.values())
        .flatMap(
            purpose -> Stream.of(Purpose.values()).map(other -> Arguments.of(other.kind, purpose)));
  }

  @ParameterizedTest(name = "S7: {0} of another CA of the same name")
  @MethodSource("kinds")
  void worksUnderItsOwnCaAlone(CertificateKind kind) {
    X509Certificate stranger = certificate(certificates(OTHER_CA_OF_THE_SAME_NAME), kind);
    Purpose purpose =
        Stream.of(Purpose.values()).filter(it -> it.kind == kind).findFirst().orElseThrow();

    assertThatThrownBy(() -> validate(stranger, purpose, PKI))
        .isInstanceOf(CertPathValidatorException.class);
  }

  static Stream<CertificateKind> kinds() {
    return Stream.of(Purpose.values()).map(purpose -> purpose.kind);
  }

  @Test
  @DisplayName("S7: policies alone keep subscribers out where operators are asked for")
  void subscribersAndOperatorsShareTheirUsage() throws Exception {
    assertThat(certificate(CERTIFICATES, CertificateKind.SUBSCRIBER).getExtendedKeyUsage())
        .isEqualTo(certificate(CERTIFICATES, CertificateKind.OPERATOR).getExtendedKeyUsage());
  }

  private static void validate(X509Certificate certificate, Purpose purpose, TestPki pki)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(certificate);
    try {
      target.setExtendedKeyUsage(Set.of(purpose.usage));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    TrustAnchor anchor = new TrustAnchor(TestPki.x509(pki.root().certificate()), null);
    PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(TestPki.NOW.plusSeconds(60)));
    parameters.setInitialPolicies(Set.of(purpose.policy));
    parameters.setExplicitPolicyRequired(true);
    parameters.setTargetCertConstraints(target);
    CertPath path =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(List.of(certificate, TestPki.x509(pki.issuing().certificate())));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private static Map<CertificateKind, X509Certificate> certificates(TestPki pki) {
    Map<CertificateKind, X509Certificate> made = new EnumMap<>(CertificateKind.class);
    IssuingCa ca = pki.issuingCa();
    for (CertificateProfile profile :
        List.of(
            CertificateProfile.subscriber(TestPki.POLICIES),
            CertificateProfile.operator(TestPki.POLICIES),
            CertificateProfile.ocspResponder(TestPki.POLICIES),
            CertificateProfile.tlsServer(TestPki.POLICIES),
            CertificateProfile.audit(TestPki.POLICIES))) {
      List<SubjectAlternativeName> names =
          profile.kind() == CertificateKind.TLS_SERVER
              ? List.of(SubjectAlternativeName.dns("ca.example"))
              : List.of();
      Der certificate =
          ca.certify(
              new CertificateTemplate(
                  profile,
                  SerialNumber.random(pki.random()),
                  Validity.lasting(Duration.ofDays(30), TestPki.NOW),
                  SubjectName.of("さくら商事", "name"),
                  pki.keys().signingKey(KeyAlgorithm.P_256).publicKey(),
                  names));
      made.put(profile.kind(), TestPki.x509(certificate));
    }
    return made;
  }

  private static X509Certificate certificate(
      Map<CertificateKind, X509Certificate> certificates, CertificateKind kind) {
    return Optional.ofNullable(certificates.get(kind)).orElseThrow();
  }
}
