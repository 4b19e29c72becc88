package dev.inkan.core.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.key.AwaitedKey;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.TestPki;
import java.security.Provider;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on their way to a ceremony elsewhere. */
@Tag("S18")
final class CertificationRequestTest {

  private static final String LABEL = "CERTIFICATE REQUEST";
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Provider VERIFICATION = PKI.providers().forVerification();
  private static final Credential KEY = awaited(KeyAlgorithm.P_384);

  private static Credential awaited(KeyAlgorithm algorithm) {
    return AwaitedKey.of(
        "issuing-2",
        PKI.keys().signingKey(algorithm),
        SubjectName.of(TestPki.ORGANISATION, "Test Issuing CA 2"),
        TestPki.NOW);
  }

  private static String pem(Credential key) {
    return CertificationRequest.of(key).toPem(key);
  }

  @Test
  void arrivesAsItWasSent() {
    CertificationRequest sent = CertificationRequest.of(KEY);
    CertificationRequest read = CertificationRequest.read("by hand\n" + pem(KEY), VERIFICATION);

    assertThat(read.subject()).isEqualTo(sent.subject());
    assertThat(read.publicKey().getEncoded()).isEqualTo(sent.publicKey().getEncoded());
  }

  @Test
  @DisplayName("what holds the key meanwhile is nobody's certificate: no CA, no purpose")
  void awaitedKeyIsNobodys() throws Exception {
    assertThat(TestPki.x509(KEY.certificate()).getBasicConstraints()).isEqualTo(-1);
    assertThat(TestPki.x509(KEY.certificate()).getCriticalExtensionOIDs()).isNull();
    assertThat(KEY.chain()).hasSize(1);
  }

  @Test
  @DisplayName("S18: cut off anywhere, one octet changed anywhere: refused with a sentence")
  void damaged() {
    byte[] whole = Pem.single(LABEL, pem(KEY)).toByteArray();
    for (int at = 0; at < whole.length; at += 5) {
      refused(Pem.block(LABEL, Der.copyOf(Arrays.copyOf(whole, at))));
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      refused(Pem.block(LABEL, Der.copyOf(changed)));
    }
  }

  @Test
  @DisplayName("signed by another key, or of a kind of key that no issuing CA has: refused")
  void wrongKey() {
    CertificationRequest asked = CertificationRequest.of(KEY);
    Credential other = awaited(KeyAlgorithm.P_384);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificationRequest.read(asked.toPem(other), VERIFICATION))
        .withMessage("it was not signed by the key that it names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificationRequest.read(pem(awaited(KeyAlgorithm.P_256)), VERIFICATION))
        .withMessageContaining("neither p-384 nor rsa-3072");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n",
        "-----BEGIN CERTIFICATE REQUEST-----\n***\n-----END CERTIFICATE REQUEST-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n"
      })
  void noRequest(String text) {
    refused(text);
  }

  @Test
  void twoRequests() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificationRequest.read(pem(KEY) + pem(KEY), VERIFICATION))
        .withMessageContaining("more than one");
  }

  private static void refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificationRequest.read(text, VERIFICATION))
        .extracting(Throwable::getMessage)
        .asString()
        .isNotBlank();
  }
}
