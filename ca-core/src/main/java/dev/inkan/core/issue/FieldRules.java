package dev.inkan.core.issue;

import static dev.inkan.core.issue.LintRule.rfc5280;

import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateLint.Linted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;

/** Rules about the fields of {@code TBSCertificate} other than names and extensions. */
final class FieldRules {

  private static final int VERSION_3 = 3;
  private static final int MAXIMUM_SERIAL_OCTETS = 20;
  private static final int MINIMUM_SERIAL_BITS = 64;
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private FieldRules() {}

  static List<LintRule> all() {
    return List.of(
        rfc5280("version", "4.1.2.1", FieldRules::version),
        rfc5280("serial-number", "4.1.2.2", FieldRules::serialNumber),
        rfc5280("signature-algorithm", "4.1.1.2", FieldRules::signatureAlgorithm),
        rfc5280("validity-encoding", "4.1.2.5", FieldRules::validityEncoding),
        rfc5280("validity-as-asked", "4.1.2.5", FieldRules::validityAsAsked),
        rfc5280("validity-inside-issuer", "6.1.3", FieldRules::validityInsideIssuer),
        rfc5280("public-key-as-asked", "4.1.2.7", FieldRules::publicKeyAsAsked),
        rfc5280("unique-identifiers", "4.1.2.8", FieldRules::uniqueIdentifiers),
        rfc5280("der", "4.1", FieldRules::der));
  }

  private static void version(Linted linted, Consumer<String> report) {
    if (linted.certificate().getVersionNumber() != VERSION_3) {
      report.accept("version is " + linted.certificate().getVersionNumber() + ", not 3");
    }
  }

  private static void serialNumber(Linted linted, Consumer<String> report) {
    BigInteger serial = linted.certificate().getSerialNumber();
    if (serial.signum() <= 0) {
      report.accept("serial number is not positive");
    }
    if (serial.toByteArray().length > MAXIMUM_SERIAL_OCTETS) {
      report.accept("serial number is longer than 20 octets");
    }
    if (serial.bitLength() < MINIMUM_SERIAL_BITS) {
      report.accept("serial number has fewer than 64 bits, so it can be guessed");
    }
    if (!serial.equals(linted.template().serialNumber().value())) {
      report.accept("serial number is not the one that was recorded");
    }
  }

  private static void signatureAlgorithm(Linted linted, Consumer<String> report) {
    TBSCertificate tbs = tbs(linted);
    if (!tbs.getSignature().equals(linted.certificate().getSignatureAlgorithm())) {
      report.accept("algorithm inside and outside of the signature differ");
    }
  }

  private static void validityEncoding(Linted linted, Consumer<String> report) {
    timeEncoding("notBefore", tbs(linted).getStartDate(), report);
    timeEncoding("notAfter", tbs(linted).getEndDate(), report);
  }

  private static void timeEncoding(String what, Time time, Consumer<String> report) {
    boolean before2050 = time.getDate().toInstant().isBefore(YEAR_2050);
    if (before2050 && !(time.toASN1Primitive() instanceof ASN1UTCTime)) {
      report.accept(what + " before 2050 is not UTCTime");
    }
    if (!before2050 && !(time.toASN1Primitive() instanceof ASN1GeneralizedTime)) {
      report.accept(what + " from 2050 on is not GeneralizedTime");
    }
    String text =
        time.toASN1Primitive() instanceof ASN1GeneralizedTime generalized
            ? generalized.getTimeString()
            : ASN1UTCTime.getInstance(time.toASN1Primitive()).getTime();
    if (!text.matches("\\d{14}(Z|GMT\\+00:00)|\\d{12}(Z|GMT\\+00:00)")) {
      report.accept(what + " is not written to the second in UTC: " + text);
    }
  }

  private static void validityAsAsked(Linted linted, Consumer<String> report) {
    if (!validity(linted).equals(linted.template().validity())) {
      report.accept("validity is not the one that was recorded");
    }
  }

  private static void validityInsideIssuer(Linted linted, Consumer<String> report) {
    Validity issuer = linted.issuer().validity();
    Validity validity = validity(linted);
    if (validity.notBefore().isBefore(issuer.notBefore())) {
      report.accept("validity starts before the issuer's");
    }
    if (validity.notAfter().isAfter(issuer.notAfter())) {
      report.accept("validity ends after the issuer's");
    }
  }

  private static Validity validity(Linted linted) {
    return new Validity(
        linted.certificate().getNotBefore().toInstant(),
        linted.certificate().getNotAfter().toInstant());
  }

  private static void publicKeyAsAsked(Linted linted, Consumer<String> report) {
    if (!linted.certificate().getSubjectPublicKeyInfo().equals(linted.template().publicKeyInfo())) {
      report.accept("public key is not the one that was asked for");
    }
  }

  private static void uniqueIdentifiers(Linted linted, Consumer<String> report) {
    if (tbs(linted).getIssuerUniqueId() != null || tbs(linted).getSubjectUniqueId() != null) {
      report.accept("unique identifiers must not be used");
    }
  }

  private static void der(Linted linted, Consumer<String> report) {
    try {
      byte[] encoded = tbs(linted).getEncoded();
      if (!Arrays.equals(encoded, tbs(linted).getEncoded(ASN1Encoding.DER))) {
        report.accept("encoding is not DER");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TBSCertificate tbs(Linted linted) {
    return linted.certificate().toASN1Structure().getTBSCertificate();
  }
}
