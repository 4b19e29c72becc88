package dev.inkan.core.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a ceremony elsewhere may bring back, and what it may not. */
@Tag("S7")
final class IssuingCaInspectionTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final SigningKey KEY = PKI.keys().signingKey(KeyAlgorithm.P_384);
  private static final CertificationRequest ASKED =
      new CertificationRequest(
          SubjectName.of(TestPki.ORGANISATION, "Test Issuing CA 2"), KEY.publicKey());
  private static final Validity NEEDED = Validity.lasting(Duration.ofDays(366), TestPki.NOW);
  private static final Optional<ASN1ObjectIdentifier> ANY_POLICY =
      CertificateProfile.issuingCa().policy();

  private final IssuingCaInspection inspection =
      new IssuingCaInspection(
          PKI.root().certificate(),
          TestPki.PUBLICATION.root(),
          KeyPolicy.BANK,
          PKI.providers().forVerification());

  @Test
  @DisplayName("S7: what the root signed as it was asked may be used")
  void right() {
    assertThat(objections(certify(PKI, ASKED, TestPki.NOW))).isEmpty();
  }

  @Test
  @DisplayName("S7: another key, another name, another root of the same name")
  void ofAnother() {
    SigningKey strange = PKI.keys().signingKey(KeyAlgorithm.P_384);
    assertThat(
            objections(
                certify(
                    PKI,
                    new CertificationRequest(ASKED.subject(), strange.publicKey()),
                    TestPki.NOW)))
        .contains("its key is not the one in the request");
    assertThat(
            objections(
                certify(
                    PKI,
                    new CertificationRequest(
                        SubjectName.of(TestPki.ORGANISATION, "Test Issuing CA"), KEY.publicKey()),
                    TestPki.NOW)))
        .anyMatch(it -> it.matches("its name is .*CN=Test Issuing CA, not .*CN=Test Issuing CA 2"));
    assertThat(objections(certify(new TestPki(TestPki.NOW), ASKED, TestPki.NOW)))
        .anyMatch(it -> it.startsWith("it was not signed by this installation's root"));
  }

  @Test
  @DisplayName("S7, S12: ended, not begun, ending before what it is to issue")
  void atAnotherTime() {
    Der early = certify(PKI, ASKED, TestPki.NOW);
    Duration tenYears = Duration.ofDays(3653);
    assertThat(at(early, TestPki.NOW.plus(tenYears))).anyMatch(it -> it.startsWith("it ended at"));
    assertThat(at(early, TestPki.NOW.minus(Duration.ofHours(1))))
        .anyMatch(it -> it.endsWith("on, not yet"));
    assertThat(at(early, TestPki.NOW.plus(tenYears).minus(Duration.ofDays(100))))
        .anyMatch(it -> it.contains("before what it is to issue"));
  }

  @Test
  @DisplayName("S7: a leaf, another path length, another address")
  void ofAnotherProfile() {
    assertThat(objections(sign(CertificateProfile.subscriber(TestPki.POLICIES))))
        .anyMatch(it -> it.contains("CA is not marked as one"));
    assertThat(objections(sign(ca(Optional.of(1)))))
        .anyMatch(it -> it.contains("path length is 1, not 0"));
    URI elsewhere = URI.create("http://elsewhere.example");
    assertThat(
            objections(
                new IssuingCaCertificates(
                        PKI.root(),
                        AuthorityUris.below(elsewhere, "root").withoutOcsp(),
                        PKI.host(new MutableClock(TestPki.NOW)),
                        PKI.providers())
                    .certify(ASKED)))
        .containsExactly(
            "it does not say that the root publishes at http://pki.example:8080/crl/root.crl and"
                + " http://pki.example:8080/ca/root.cer");
  }

  @Test
  @DisplayName("S7: cut off anywhere, one octet changed anywhere: never taken")
  void damaged() {
    byte[] whole = certify(PKI, ASKED, TestPki.NOW).toByteArray();
    for (int at = 0; at < whole.length; at += 7) {
      assertThat(objections(Der.copyOf(Arrays.copyOf(whole, at)))).as("cut at %d", at).isNotEmpty();
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      assertThat(objections(Der.copyOf(changed))).as("changed at %d", at).isNotEmpty();
    }
  }

  private List<String> objections(Der certificate) {
    return inspection.objections(certificate, ASKED, NEEDED);
  }

  private List<String> at(Der certificate, Instant now) {
    return inspection.objections(certificate, ASKED, Validity.lasting(Duration.ofDays(366), now));
  }

  private static Der certify(TestPki pki, CertificationRequest request, Instant now) {
    return new IssuingCaCertificates(
            pki.root(),
            TestPki.PUBLICATION.root(),
            pki.host(new MutableClock(now)),
            pki.providers())
        .certify(request);
  }

  private static CertificateProfile ca(Optional<Integer> pathLength) {
    return new CertificateProfile(
        CertificateKind.ISSUING_CA, ANY_POLICY, pathLength, Optional.empty(), false);
  }

  /** By the root itself, which somebody talked into it. */
  private static Der sign(CertificateProfile profile) {
    Credential root = PKI.root();
    CertificateSigner signer =
        new CertificateSigner(
            Issuer.of(root.certificate(), TestPki.PUBLICATION.root()),
            root::newSigner,
            PKI.keys().signingKey(root.algorithm()),
            new CertificateLint(List.of()),
            PKI.providers().forVerification());
    return signer.sign(
        signer.prepare(
            new CertificateTemplate(
                profile,
                SerialNumber.random(PKI.random()),
                Validity.lasting(Duration.ofDays(1000), TestPki.NOW),
                ASKED.subject(),
                ASKED.publicKey())));
  }
}
