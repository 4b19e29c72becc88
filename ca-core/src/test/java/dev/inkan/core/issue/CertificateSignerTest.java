package dev.inkan.core.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.testing.TestPki;
import java.net.URI;
import java.security.SignatureException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S8")
class CertificateSignerTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Issuer ISSUER =
      Issuer.of(PKI.issuing().certificate(), TestPki.PUBLICATION.issuing());
  private static final Validity VALIDITY = Validity.lasting(Duration.ofDays(366), TestPki.NOW);
  private static final SigningKey THROW_AWAY = PKI.keys().signingKey(KeyAlgorithm.P_384);

  @Test
  void signsExactlyWhatWasLinted() throws Exception {
    CertificateSigner signer = signer(PKI.issuing()::newSigner);
    CertificateSigner.Prepared prepared = signer.prepare(template(VALIDITY));
    Der certificate = signer.sign(prepared);

    assertThat(
            new X509CertificateHolder(certificate.toByteArray())
                .toASN1Structure()
                .getTBSCertificate()
                .getEncoded())
        .isEqualTo(prepared.rehearsal().toASN1Structure().getTBSCertificate().getEncoded());
    TestPki.x509(certificate).verify(TestPki.x509(PKI.issuing().certificate()).getPublicKey());
    assertThatThrownBy(
            () ->
                TestPki.x509(Der.copyOf(prepared.rehearsal().getEncoded()))
                    .verify(TestPki.x509(PKI.issuing().certificate()).getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void signsOnce() {
    CertificateSigner signer = signer(PKI.issuing()::newSigner);
    CertificateSigner.Prepared prepared = signer.prepare(template(VALIDITY));
    signer.sign(prepared);

    assertThatIllegalStateException()
        .isThrownBy(() -> signer.sign(prepared))
        .withMessage("certificate was signed already");
  }

  @Test
  void signsOnlyWhatItPreparedItself() {
    CertificateSigner.Prepared prepared =
        signer(PKI.issuing()::newSigner).prepare(template(VALIDITY));

    assertThatIllegalStateException()
        .isThrownBy(() -> signer(PKI.issuing()::newSigner).sign(prepared))
        .withMessage("certificate was prepared by another signer");
  }

  @Test
  @DisplayName("S8: a signature by another key is noticed before the certificate leaves")
  void noticesAnotherKey() {
    CertificateSigner signer = signer(PKI.root()::newSigner);
    CertificateTemplate template = template(VALIDITY);
    CertificateSigner.Prepared prepared = signer.prepare(template);

    assertThatThrownBy(() -> signer.sign(prepared))
        .isInstanceOfSatisfying(
            SigningFailedException.class,
            it -> assertThat(it.serialNumber()).isEqualTo(template.serialNumber()))
        .hasRootCauseMessage("the signature does not verify under the issuer's key");
  }

  @Test
  void noticesAKeyOfAnotherAlgorithm() {
    CertificateSigner signer = signer(PKI.keys().signingKey(KeyAlgorithm.P_256)::newSigner);
    CertificateSigner.Prepared prepared = signer.prepare(template(VALIDITY));

    assertThatThrownBy(() -> signer.sign(prepared))
        .isInstanceOf(SigningFailedException.class)
        .hasRootCauseMessage("rehearsal key and CA key differ in algorithm");
  }

  @Test
  @DisplayName("S12: validity never starts before the issuer's and never ends after it")
  void refusesValidityOutsideTheIssuers() {
    CertificateSigner signer = signer(PKI.issuing()::newSigner);
    Validity issuer = ISSUER.validity();

    signer.prepare(template(issuer));
    assertThatThrownBy(
            () ->
                signer.prepare(
                    template(new Validity(issuer.notBefore().minusSeconds(1), issuer.notAfter()))))
        .isInstanceOf(ValidityOutsideIssuerException.class);
    assertThatThrownBy(
            () ->
                signer.prepare(
                    template(new Validity(issuer.notBefore(), issuer.notAfter().plusSeconds(1)))))
        .isInstanceOf(ValidityOutsideIssuerException.class)
        .hasMessageContaining(issuer.notAfter().toString());
  }

  @Test
  void publishesOverHttpAlone() {
    assertThat(AuthorityUris.below(URI.create("http://pki.example/"), "issuing"))
        .isEqualTo(
            new AuthorityUris(
                Optional.of(URI.create("http://pki.example/ocsp")),
                URI.create("http://pki.example/ca/issuing.cer"),
                URI.create("http://pki.example/crl/issuing.crl")));
    for (String base : new String[] {"https://pki.example", "ldap://pki.example", "http:/x"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AuthorityUris.below(URI.create(base), "issuing"));
    }
  }

  @Test
  @Tag("S7")
  void givesEachKindAPolicyOfItsOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PolicyIdentifiers("1.2.3", "1.2.3", "1.2.4", "1.2.5", "1.2.6"));
    assertThatIllegalArgumentException().isThrownBy(() -> PolicyIdentifiers.below("x"));
  }

  @Test
  void refusesToActForWhatIsNoIssuer() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Issuer.of(Der.copyOf(new byte[] {1, 2, 3}), TestPki.PUBLICATION.issuing()));
  }

  private static CertificateSigner signer(Supplier<ContentSigner> caKey) {
    return new CertificateSigner(
        ISSUER,
        caKey,
        THROW_AWAY,
        new CertificateLint(KeyPolicy.BANK),
        PKI.providers().forVerification());
  }

  private static CertificateTemplate template(Validity validity) {
    return new CertificateTemplate(
        CertificateProfile.subscriber(TestPki.POLICIES),
        SerialNumber.random(PKI.random()),
        validity,
        SubjectName.of("さくら商事", "user001"),
        PKI.keys().signingKey(KeyAlgorithm.P_256).publicKey());
  }
}
