package dev.inkan.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilderProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("A10")
class SubscriberPfxTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final String PASSWORD = "aB3!\"#$%&'|^";
  private static final PfxSettings FAST = new PfxSettings(PfxSettings.Profile.MODERN, 1_000, false);

  @ParameterizedTest(name = "A10: {0} with a {1} key opens in the JDK and in Bouncy Castle")
  @MethodSource("profilesAndKeys")
  void opens(PfxSettings.Profile profile, KeyAlgorithm algorithm) throws Exception {
    Sample sample = sample(new PfxSettings(profile, 1_000, false), algorithm);

    for (KeyStore store :
        List.of(
            KeyStore.getInstance("PKCS12"),
            KeyStore.getInstance("PKCS12", PKI.providers().forVerification()))) {
      store.load(new ByteArrayInputStream(sample.pfx().toByteArray()), PASSWORD.toCharArray());
      assertThat(Collections.list(store.aliases())).contains("user001");
      Certificate[] chain = store.getCertificateChain("user001");
      assertThat(Arrays.stream(chain).map(SubscriberPfxTest::der))
          .containsExactly(sample.certificate(), PKI.issuing().certificate());
      assertKeyMatches(store.getKey("user001", PASSWORD.toCharArray()), chain[0], algorithm);
    }
  }

  static Stream<Arguments> profilesAndKeys() {
    return Stream.of(PfxSettings.Profile.values())
        .flatMap(
            profile ->
                Stream.of(KeyAlgorithm.RSA_2048, KeyAlgorithm.P_256, KeyAlgorithm.P_384)
                    .map(algorithm -> Arguments.of(profile, algorithm)));
  }

  @Test
  void refusesAnotherPassphrase() throws Exception {
    Sample sample = sample(FAST, KeyAlgorithm.P_256);
    KeyStore store = KeyStore.getInstance("PKCS12");

    assertThatThrownBy(
            () ->
                store.load(
                    new ByteArrayInputStream(sample.pfx().toByteArray()),
                    "aB3!\"#$%&'|_".toCharArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("A10: DER throughout, also inside the octet strings")
  void isStrictDer() throws Exception {
    byte[] encoded = sample(FAST, KeyAlgorithm.P_256).pfx().toByteArray();
    Pfx pfx = Pfx.getInstance(encoded);
    byte[] safe = content(pfx.getAuthSafe());

    assertDer(encoded);
    assertDer(safe);
    assertDer(content(AuthenticatedSafe.getInstance(safe).getContentInfo()[0]));
  }

  @Test
  @DisplayName("A10: AES-256-CBC, PBKDF2 and MAC with SHA-256, one iteration count for all three")
  void usesTheDecidedAlgorithms() throws Exception {
    Sample sample = sample(PfxSettings.standard(), KeyAlgorithm.P_256);
    Pfx pfx = Pfx.getInstance(sample.pfx().toByteArray());
    ContentInfo[] parts =
        AuthenticatedSafe.getInstance(content(pfx.getAuthSafe())).getContentInfo();

    assertPbes2(
        EncryptedPrivateKeyInfo.getInstance(keyBag(parts).getBagValue()).getEncryptionAlgorithm());
    assertPbes2(EncryptedData.getInstance(parts[1].getContent()).getEncryptionAlgorithm());
    assertThat(pfx.getMacData().getMac().getAlgorithmId().getAlgorithm())
        .isEqualTo(NISTObjectIdentifiers.id_sha256);
    assertThat(pfx.getMacData().getIterationCount()).isEqualTo(100_000);
    assertThat(
            new PKCS12PfxPdu(pfx)
                .isMacValid(
                    new BcPKCS12MacCalculatorBuilderProvider(BcDefaultDigestProvider.INSTANCE),
                    PASSWORD.toCharArray()))
        .isTrue();
  }

  @Test
  @DisplayName("A10: the key bag names itself, its certificate and Microsoft's key store")
  void namesTheKey() throws Exception {
    Pfx pfx = Pfx.getInstance(sample(FAST, KeyAlgorithm.P_256).pfx().toByteArray());
    SafeBag bag =
        keyBag(AuthenticatedSafe.getInstance(content(pfx.getAuthSafe())).getContentInfo());

    List<Attribute> attributes = new ArrayList<>();
    for (ASN1Encodable element : bag.getBagAttributes()) {
      attributes.add(Attribute.getInstance(element));
    }
    assertThat(attributes.stream().map(Attribute::getAttrType).map(ASN1ObjectIdentifier::getId))
        .containsExactlyInAnyOrder(
            PKCSObjectIdentifiers.pkcs_9_at_friendlyName.getId(),
            PKCSObjectIdentifiers.pkcs_9_at_localKeyId.getId(),
            "1.3.6.1.4.1.311.17.1");
    Set<String> texts =
        attributes.stream()
            .map(attribute -> attribute.getAttributeValues()[0])
            .filter(ASN1BMPString.class::isInstance)
            .map(value -> ((ASN1BMPString) value).getString())
            .collect(Collectors.toSet());
    assertThat(texts)
        .containsExactlyInAnyOrder("user001", "Microsoft Software Key Storage Provider");
  }

  @Test
  void takesTheRootAlongIfAsked() throws Exception {
    Sample sample =
        sample(new PfxSettings(PfxSettings.Profile.MODERN, 1_000, true), KeyAlgorithm.P_256);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(sample.pfx().toByteArray()), PASSWORD.toCharArray());

    assertThat(store.getCertificateChain("user001")).hasSize(3);
  }

  @Test
  @Tag("A9")
  @DisplayName("A9: a key is packed once and never printed")
  void usesTheKeyUp() {
    SubscriberKey key = PKI.keys().subscriberKey(KeyAlgorithm.P_256);
    Der certificate = certify(key);
    pack(FAST, key, certificate);

    assertThatIllegalStateException().isThrownBy(() -> pack(FAST, key, certificate));
    assertThat(key.toString()).isEqualTo("SubscriberKey[EC, private part redacted]");
  }

  @Test
  @Tag("A9")
  void refusesAClosedKey() {
    SubscriberKey key = PKI.keys().subscriberKey(KeyAlgorithm.P_256);
    Der certificate = certify(key);
    key.close();

    assertThatIllegalStateException().isThrownBy(() -> pack(FAST, key, certificate));
  }

  @Test
  void refusesIterationsThatWindowsWould() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PfxSettings(PfxSettings.Profile.MODERN, 600_001, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PfxSettings(PfxSettings.Profile.MODERN, 999, false));
  }

  private static void assertPbes2(AlgorithmIdentifier algorithm) {
    assertThat(algorithm.getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.id_PBES2);
    PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
    assertThat(parameters.getEncryptionScheme().getAlgorithm())
        .isEqualTo(NISTObjectIdentifiers.id_aes256_CBC);
    PBKDF2Params kdf = PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
    assertThat(kdf.getIterationCount()).isEqualTo(100_000);
    assertThat(kdf.getPrf().getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.id_hmacWithSHA256);
  }

  private static void assertKeyMatches(Key key, Certificate certificate, KeyAlgorithm algorithm)
      throws Exception {
    Signature signer =
        Signature.getInstance(algorithm.signatureAlgorithm(), PKI.providers().forVerification());
    signer.initSign(
        KeyFactory.getInstance(algorithm.family(), PKI.providers().forVerification())
            .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
    signer.update((byte) 1);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm.signatureAlgorithm());
    verifier.initVerify(certificate);
    verifier.update((byte) 1);
    assertThat(verifier.verify(signature)).isTrue();
  }

  private static SafeBag keyBag(ContentInfo[] parts) throws IOException {
    return SafeBag.getInstance(
        org.bouncycastle.asn1.ASN1Sequence.getInstance(content(parts[0])).getObjectAt(0));
  }

  private static byte[] content(ContentInfo info) {
    return ASN1OctetString.getInstance(info.getContent()).getOctets();
  }

  private static void assertDer(byte[] encoded) throws IOException {
    assertThat(ASN1Primitive.fromByteArray(encoded).getEncoded(ASN1Encoding.DER))
        .isEqualTo(encoded);
  }

  private static Der der(Certificate certificate) {
    try {
      return Der.copyOf(certificate.getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static Sample sample(PfxSettings settings, KeyAlgorithm algorithm) {
    SubscriberKey key = PKI.keys().subscriberKey(algorithm);
    Der certificate = certify(key);
    return new Sample(certificate, pack(settings, key, certificate));
  }

  private static Der certify(SubscriberKey key) {
    return PKI.issuingCa()
        .certify(
            new CertificateTemplate(
                CertificateProfile.subscriber(TestPki.POLICIES),
                SerialNumber.random(PKI.random()),
                Validity.lasting(Duration.ofDays(366), TestPki.NOW),
                SubjectName.of("さくら商事", "user001"),
                key.publicKey()));
  }

  private static Der pack(PfxSettings settings, SubscriberKey key, Der certificate) {
    try (Passphrase passphrase = Passphrase.copyOf(PASSWORD.toCharArray())) {
      return new SubscriberPfx(settings, PKI.random())
          .pack(key, certificate, PKI.issuing().chain(), "user001", passphrase);
    }
  }

  private record Sample(Der certificate, Der pfx) {}
}
