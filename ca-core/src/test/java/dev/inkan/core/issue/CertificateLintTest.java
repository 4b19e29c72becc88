package dev.inkan.core.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.testing.TestPki;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One defect at a time is put into a sound certificate; the rule that looks for it must find it.
 */
class CertificateLintTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Issuer ISSUER =
      Issuer.of(PKI.issuing().certificate(), TestPki.PUBLICATION.issuing());
  private static final SigningKey SIGNER = PKI.keys().signingKey(KeyAlgorithm.P_384);
  private static final PublicKey KEY = PKI.keys().signingKey(KeyAlgorithm.P_256).publicKey();
  private static final CertificateLint LINT = new CertificateLint(KeyPolicy.BANK);
  private static final CertificateTemplate SOUND =
      template(CertificateProfile.subscriber(TestPki.POLICIES), KEY);

  @Test
  void passesASoundCertificate() {
    assertThat(LINT.violations(build(SOUND.builder(ISSUER)), SOUND, ISSUER)).isEmpty();
  }

  @Test
  void passesASoundRsaCertificate() {
    CertificateTemplate rsa =
        template(
            CertificateProfile.subscriber(TestPki.POLICIES),
            PKI.keys().signingKey(KeyAlgorithm.RSA_2048).publicKey());
    X509CertificateHolder certificate = build(rsa.builder(ISSUER));
    assertThat(LINT.violations(certificate, rsa, ISSUER)).isEmpty();
    assertThat(KeyUsage.fromExtensions(certificate.getExtensions()))
        .isEqualTo(new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("defects")
  void finds(String rule, String what, Consumer<X509v3CertificateBuilder> defect) {
    X509v3CertificateBuilder builder = SOUND.builder(ISSUER);
    defect.accept(builder);

    assertThat(LINT.violations(build(builder), SOUND, ISSUER))
        .as(what)
        .extracting(LintViolation::rule)
        .contains(rule);
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        defect("serial-number", "another", b -> b.setSerialNumber(BigInteger.ONE.shiftLeft(100))),
        defect("serial-number", "zero", b -> b.setSerialNumber(BigInteger.ZERO)),
        defect("serial-number", "negative", b -> b.setSerialNumber(BigInteger.TEN.negate())),
        defect("serial-number", "21 octets", b -> b.setSerialNumber(BigInteger.ONE.shiftLeft(160))),
        defect(
            "validity-encoding",
            "GeneralizedTime before 2050",
            b -> b.setNotAfter(new Time(new DERGeneralizedTime("20271122145959Z")))),
        defect(
            "validity-encoding",
            "fraction of a second",
            b -> b.setNotAfter(new Time(new DERGeneralizedTime("20271122145959.5Z")))),
        defect(
            "validity-as-asked",
            "a day more",
            b -> b.setNotAfter(Date.from(SOUND.validity().notAfter().plusSeconds(86_400)))),
        defect(
            "validity-inside-issuer",
            "starts before the issuer",
            b -> b.setNotBefore(Date.from(ISSUER.validity().notBefore().minusSeconds(1)))),
        defect(
            "validity-inside-issuer",
            "ends after the issuer",
            b -> b.setNotAfter(Date.from(ISSUER.validity().notAfter().plusSeconds(1)))),
        defect(
            "public-key-as-asked",
            "somebody else's key",
            b -> b.setSubjectPublicKeyInfo(ISSUER.publicKey())),
        defect(
            "unique-identifiers",
            "present",
            b -> b.setSubjectUniqueID(new boolean[] {true, false})),
        defect(
            "issuer-name",
            "other case",
            b -> b.setIssuer(SubjectName.of("テスト労働金庫", "test issuing ca"))),
        defect("subject-name", "no common name", b -> b.setSubject(name("JP", "さくら商事", List.of()))),
        defect(
            "subject-name",
            "two common names",
            b -> b.setSubject(name("JP", "さくら商事", List.of("a", "b")))),
        defect("subject-name", "the issuer", b -> b.setSubject(ISSUER.name())),
        defect(
            "name-bounds", "65 characters", b -> b.setSubject(SubjectName.of("金".repeat(65), "u"))),
        defect("name-bounds", "blank", b -> b.setSubject(SubjectName.of("o", " "))),
        defect("name-bounds", "country of 3", b -> b.setSubject(name("JPN", "o", List.of("u")))),
        defect(
            "name-encoding",
            "PrintableString",
            b ->
                b.setSubject(
                    new X500NameBuilder()
                        .addRDN(BCStyle.C, new DERPrintableString("JP"))
                        .addRDN(BCStyle.O, new DERPrintableString("o"))
                        .addRDN(BCStyle.CN, new DERUTF8String("u"))
                        .build())),
        defect(
            "subject-alternative-name",
            "on a subscriber",
            b ->
                add(
                    b,
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "evil.example")))),
        defect(
            "known-extensions",
            "critical unknown",
            b -> add(b, new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE)),
        defect(
            "known-extensions",
            "harmless unknown",
            b -> add(b, new ASN1ObjectIdentifier("1.2.3.4"), false, DERNull.INSTANCE)),
        defect(
            "criticality",
            "key usage not critical",
            b -> replace(b, Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature))),
        defect(
            "criticality",
            "extended key usage critical",
            b ->
                replace(
                    b,
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
        defect(
            "authority-key-identifier",
            "missing",
            b -> b.removeExtension(Extension.authorityKeyIdentifier)),
        defect(
            "authority-key-identifier",
            "another",
            b ->
                replace(
                    b,
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(new byte[20]))),
        defect(
            "subject-key-identifier",
            "missing",
            b -> b.removeExtension(Extension.subjectKeyIdentifier)),
        defect(
            "subject-key-identifier",
            "another",
            b ->
                replace(
                    b,
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(new byte[20]))),
        defect(
            "crl-distribution-points",
            "missing",
            b -> b.removeExtension(Extension.cRLDistributionPoints)),
        defect(
            "crl-distribution-points",
            "https",
            b ->
                replace(
                    b, Extension.cRLDistributionPoints, false, crl("https://pki.example/c.crl"))),
        defect(
            "authority-information-access",
            "missing",
            b -> b.removeExtension(Extension.authorityInfoAccess)),
        defect(
            "authority-information-access",
            "no responder",
            b ->
                replace(
                    b,
                    Extension.authorityInfoAccess,
                    false,
                    access(AccessDescription.id_ad_caIssuers, "http://pki.example/c.cer"))),
        defect(
            "authority-information-access",
            "no issuer, ldap",
            b ->
                replace(
                    b,
                    Extension.authorityInfoAccess,
                    false,
                    access(AccessDescription.id_ad_ocsp, "ldap://pki.example"))),
        defect("basic-constraints", "missing", b -> b.removeExtension(Extension.basicConstraints)),
        defect(
            "basic-constraints",
            "CA",
            b -> replace(b, Extension.basicConstraints, true, new BasicConstraints(true))),
        defect(
            "basic-constraints",
            "path length",
            b -> replace(b, Extension.basicConstraints, true, new BasicConstraints(3))),
        defect(
            "basic-constraints",
            "not DER inside",
            b -> replace(b, Extension.basicConstraints, false, new DERUTF8String("nonsense"))),
        defect("key-usage", "missing", b -> b.removeExtension(Extension.keyUsage)),
        defect(
            "key-usage",
            "keyEncipherment with an EC key",
            b ->
                replace(
                    b,
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))),
        defect(
            "key-usage",
            "keyCertSign",
            b -> replace(b, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))),
        defect("extended-key-usage", "missing", b -> b.removeExtension(Extension.extendedKeyUsage)),
        defect("extended-key-usage", "any", b -> purposes(b, KeyPurposeId.anyExtendedKeyUsage)),
        defect(
            "extended-key-usage",
            "server as well",
            b -> purposes(b, KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth)),
        defect(
            "certificate-policies",
            "missing",
            b -> b.removeExtension(Extension.certificatePolicies)),
        defect(
            "certificate-policies",
            "an operator's",
            b ->
                replace(
                    b,
                    Extension.certificatePolicies,
                    false,
                    new CertificatePolicies(
                        new PolicyInformation(
                            new ASN1ObjectIdentifier(TestPki.POLICIES.operator()))))),
        defect(
            "ocsp-nocheck",
            "on a subscriber",
            b -> add(b, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)));
  }

  @Test
  void findsAnotherVersion() {
    X509CertificateHolder version1 =
        new X509v1CertificateBuilder(
                ISSUER.name(),
                SOUND.serialNumber().value(),
                new Time(Date.from(SOUND.validity().notBefore())),
                new Time(Date.from(SOUND.validity().notAfter())),
                SOUND.subject(),
                SOUND.publicKeyInfo())
            .build(SIGNER.newSigner());
    assertThat(rules(LINT.violations(version1, SOUND, ISSUER)))
        .contains("version", "basic-constraints", "key-usage");
  }

  @Test
  void findsAlgorithmsThatDiffer() {
    ASN1Sequence certificate =
        ASN1Sequence.getInstance(build(SOUND.builder(ISSUER)).toASN1Structure().toASN1Primitive());
    ASN1Primitive other = new DERSequence(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));
    X509CertificateHolder mixed =
        new X509CertificateHolder(
            Certificate.getInstance(
                new DERSequence(
                    new ASN1Encodable[] {
                      certificate.getObjectAt(0), other, certificate.getObjectAt(2)
                    })));
    assertThat(rules(LINT.violations(mixed, SOUND, ISSUER))).contains("signature-algorithm");
  }

  @Test
  void findsAWeakKey() {
    CertificateLint strict = new CertificateLint(new KeyPolicy(Set.of(4096), BigInteger.TEN));
    CertificateTemplate rsa =
        template(
            CertificateProfile.subscriber(TestPki.POLICIES),
            PKI.keys().signingKey(KeyAlgorithm.RSA_2048).publicKey());
    assertThat(rules(strict.violations(build(rsa.builder(ISSUER)), rsa, ISSUER)))
        .containsExactly("public-key");
  }

  @Test
  void asksForATlsServersNames() {
    CertificateTemplate nameless = template(CertificateProfile.tlsServer(TestPki.POLICIES), KEY);
    assertThat(rules(LINT.violations(build(nameless.builder(ISSUER)), nameless, ISSUER)))
        .containsExactly("subject-alternative-name");
  }

  @Test
  void asksForAnIndependentResponder() {
    CertificateTemplate responder =
        template(CertificateProfile.ocspResponder(TestPki.POLICIES), KEY);
    X509v3CertificateBuilder builder = responder.builder(ISSUER);
    assertThat(LINT.violations(build(builder), responder, ISSUER)).isEmpty();
    remove(builder, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);
    assertThat(rules(LINT.violations(build(builder), responder, ISSUER)))
        .containsExactly("ocsp-nocheck");
  }

  @Test
  void listsEverythingThatIsWrong() {
    X509v3CertificateBuilder builder = SOUND.builder(ISSUER);
    remove(builder, Extension.keyUsage);
    remove(builder, Extension.basicConstraints);

    assertThatThrownBy(() -> LINT.check(build(builder), SOUND, ISSUER))
        .isInstanceOfSatisfying(
            LintViolationException.class, it -> assertThat(it.violations()).hasSize(2))
        .hasMessageContaining("basic-constraints (RFC 5280, 4.2.1.9)")
        .hasMessageContaining("key-usage (RFC 5280, 4.2.1.3)");
  }

  @Test
  void hasADefectForEveryRule() {
    Set<String> shown =
        Set.copyOf(defects().map(arguments -> (String) arguments.get()[0]).toList());
    List<String> others = new ArrayList<>(List.of("version", "signature-algorithm", "public-key"));
    others.add("der"); // the builder writes nothing else
    Stream.of(
            FieldRules.all(),
            NameRules.all(),
            ExtensionRules.all(),
            PurposeRules.all(KeyPolicy.BANK))
        .flatMap(List::stream)
        .map(LintRule::name)
        .forEach(
            rule -> assertThat(shown.contains(rule) || others.contains(rule)).as(rule).isTrue());
  }

  private static Arguments defect(
      String rule, String what, Consumer<X509v3CertificateBuilder> defect) {
    return Arguments.of(rule, what, defect);
  }

  private static List<String> rules(List<LintViolation> violations) {
    return violations.stream().map(LintViolation::rule).distinct().toList();
  }

  private static X509CertificateHolder build(X509v3CertificateBuilder builder) {
    return builder.build(SIGNER.newSigner());
  }

  private static CertificateTemplate template(CertificateProfile profile, PublicKey key) {
    return new CertificateTemplate(
        profile,
        SerialNumber.random(PKI.random()),
        Validity.lasting(Duration.ofDays(366), TestPki.NOW),
        SubjectName.of("さくら商事", "user001"),
        key);
  }

  private static X500Name name(String country, String organisation, List<String> commonNames) {
    X500NameBuilder builder =
        new X500NameBuilder()
            .addRDN(BCStyle.C, new DERPrintableString(country))
            .addRDN(BCStyle.O, new DERUTF8String(organisation));
    commonNames.forEach(commonName -> builder.addRDN(BCStyle.CN, new DERUTF8String(commonName)));
    return builder.build();
  }

  private static void purposes(X509v3CertificateBuilder builder, KeyPurposeId... purposes) {
    replace(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
  }

  private static CRLDistPoint crl(String uri) {
    GeneralNames names =
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(new DistributionPointName(names), null, null)
        });
  }

  private static AuthorityInformationAccess access(ASN1ObjectIdentifier method, String uri) {
    return new AuthorityInformationAccess(
        method, new GeneralName(GeneralName.uniformResourceIdentifier, uri));
  }

  private static void remove(X509v3CertificateBuilder builder, ASN1ObjectIdentifier oid) {
    assertThat(builder.removeExtension(oid).hasExtension(oid)).isFalse();
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier oid,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.addExtension(oid, critical, value);
    } catch (CertIOException e) {
      throw new AssertionError(e);
    }
  }

  private static void replace(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier oid,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.replaceExtension(oid, critical, value);
    } catch (CertIOException e) {
      throw new AssertionError(e);
    }
  }
}
