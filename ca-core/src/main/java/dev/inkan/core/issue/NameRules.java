package dev.inkan.core.issue;

import static dev.inkan.core.issue.LintRule.rfc5280;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.issue.CertificateLint.Linted;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Rules about who is named, and how. */
final class NameRules {

  /** RFC 5280, appendix A.1, {@code ub-}: in characters. */
  private static final Map<ASN1ObjectIdentifier, Integer> UPPER_BOUNDS =
      Map.of(BCStyle.C, 2, BCStyle.O, 64, BCStyle.CN, 64);

  private NameRules() {}

  static List<LintRule> all() {
    return List.of(
        rfc5280("issuer-name", "4.1.2.4", NameRules::issuerName),
        rfc5280("subject-name", "4.1.2.6", NameRules::subjectName),
        rfc5280("name-bounds", "A.1", NameRules::nameBounds),
        rfc5280("name-encoding", "4.1.2.4", NameRules::nameEncoding),
        rfc5280("subject-alternative-name", "4.2.1.6", NameRules::alternativeNames));
  }

  private static void issuerName(Linted linted, Consumer<String> report) {
    // Not X500Name.equals, which folds case: chains are built by comparing octets.
    if (!linted
        .certificate()
        .getIssuer()
        .toASN1Primitive()
        .equals(linted.issuer().name().toASN1Primitive())) {
      report.accept("issuer is not the issuing certificate's subject, octet for octet");
    }
    if (linted.certificate().getIssuer().getRDNs().length == 0) {
      report.accept("issuer is empty");
    }
  }

  private static void subjectName(Linted linted, Consumer<String> report) {
    X500Name subject = linted.certificate().getSubject();
    for (ASN1ObjectIdentifier type : List.of(BCStyle.C, BCStyle.O, BCStyle.CN)) {
      if (subject.getRDNs(type).length != 1) {
        report.accept("subject must hold " + BCStyle.INSTANCE.oidToDisplayName(type) + " once");
      }
    }
    if (linted.profile().kind() != CertificateKind.ROOT
        && subject.toASN1Primitive().equals(linted.issuer().name().toASN1Primitive())) {
      report.accept("subject is the issuer itself");
    }
  }

  private static void nameBounds(Linted linted, Consumer<String> report) {
    for (RDN rdn : linted.certificate().getSubject().getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        String name = BCStyle.INSTANCE.oidToDisplayName(attribute.getType());
        String value = ((ASN1String) attribute.getValue().toASN1Primitive()).getString();
        int length = value.codePointCount(0, value.length());
        int bound = UPPER_BOUNDS.getOrDefault(attribute.getType(), 0);
        if (length > bound || value.isBlank()) {
          report.accept(name + " must have 1-" + bound + " characters, has " + length);
        }
      }
    }
  }

  private static void nameEncoding(Linted linted, Consumer<String> report) {
    for (RDN rdn : linted.certificate().getSubject().getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        boolean sound =
            attribute.getType().equals(BCStyle.C)
                ? attribute.getValue().toASN1Primitive() instanceof ASN1PrintableString
                : attribute.getValue().toASN1Primitive() instanceof ASN1UTF8String;
        if (!sound) {
          report.accept("country must be PrintableString and every other name UTF8String");
        }
      }
    }
  }

  private static void alternativeNames(Linted linted, Consumer<String> report) {
    GeneralNames names =
        GeneralNames.fromExtensions(
            linted.certificate().getExtensions(), Extension.subjectAlternativeName);
    boolean wanted = linted.profile().kind() == CertificateKind.TLS_SERVER;
    if (wanted != (names != null)) {
      report.accept(wanted ? "a TLS server must be named" : "only a TLS server has other names");
      return;
    }
    if (names != null) {
      for (GeneralName name : names.getNames()) {
        if (name.getTagNo() != GeneralName.dNSName && name.getTagNo() != GeneralName.iPAddress) {
          report.accept("a TLS server is named by DNS name or IP address alone");
        }
      }
    }
  }
}
