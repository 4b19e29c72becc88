package dev.inkan.core.issue;

import static dev.inkan.core.issue.LintRule.rfc5280;

import dev.inkan.core.issue.CertificateLint.Linted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Rules about which extensions there are, and about those that lead to the issuer. */
final class ExtensionRules {

  /** Whether each extension that this CA uses is critical; for basic constraints see below. */
  private static final Map<ASN1ObjectIdentifier, Boolean> KNOWN =
      Map.ofEntries(
          Map.entry(Extension.keyUsage, true),
          Map.entry(Extension.extendedKeyUsage, false),
          Map.entry(Extension.authorityKeyIdentifier, false),
          Map.entry(Extension.subjectKeyIdentifier, false),
          Map.entry(Extension.subjectAlternativeName, false),
          Map.entry(Extension.certificatePolicies, false),
          Map.entry(Extension.cRLDistributionPoints, false),
          Map.entry(Extension.authorityInfoAccess, false),
          Map.entry(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false));

  private ExtensionRules() {}

  static List<LintRule> all() {
    return List.of(
        rfc5280("known-extensions", "4.2", ExtensionRules::knownExtensions),
        rfc5280("criticality", "4.2", ExtensionRules::criticality),
        rfc5280("authority-key-identifier", "4.2.1.1", ExtensionRules::authorityKeyIdentifier),
        rfc5280("subject-key-identifier", "4.2.1.2", ExtensionRules::subjectKeyIdentifier),
        rfc5280("crl-distribution-points", "4.2.1.13", ExtensionRules::crlDistributionPoints),
        rfc5280("authority-information-access", "4.2.2.1", ExtensionRules::authorityAccess));
  }

  private static void knownExtensions(Linted linted, Consumer<String> report) {
    for (ASN1ObjectIdentifier oid : linted.certificate().getExtensions().getExtensionOIDs()) {
      if (!KNOWN.containsKey(oid) && !oid.equals(Extension.basicConstraints)) {
        report.accept("extension " + oid + " is none of ours");
      }
    }
  }

  private static void criticality(Linted linted, Consumer<String> report) {
    for (ASN1ObjectIdentifier oid : linted.certificate().getExtensions().getExtensionOIDs()) {
      boolean expected =
          oid.equals(Extension.basicConstraints)
              ? linted.profile().isAuthority()
              : KNOWN.getOrDefault(oid, false);
      if (linted.certificate().getExtension(oid).isCritical() != expected) {
        report.accept("extension " + oid + " must be " + (expected ? "critical" : "not critical"));
      }
    }
  }

  private static void authorityKeyIdentifier(Linted linted, Consumer<String> report) {
    AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.fromExtensions(extensions(linted));
    if (identifier == null
        || !Arrays.equals(
            identifier.getKeyIdentifierOctets(), linted.issuer().keyIdentifier().getOctets())) {
      report.accept("authority key identifier is not the issuer's subject key identifier");
    }
  }

  private static void subjectKeyIdentifier(Linted linted, Consumer<String> report) {
    SubjectKeyIdentifier identifier = SubjectKeyIdentifier.fromExtensions(extensions(linted));
    byte[] expected = KeyIdentifier.of(linted.certificate().getSubjectPublicKeyInfo()).getOctets();
    if (identifier == null || !Arrays.equals(identifier.getKeyIdentifier(), expected)) {
      report.accept("subject key identifier is not derived from the public key");
    }
  }

  private static void crlDistributionPoints(Linted linted, Consumer<String> report) {
    CRLDistPoint points = CRLDistPoint.fromExtensions(extensions(linted));
    boolean wanted =
        linted.profile().statesIssuerAddresses()
            && !linted.profile().isExemptFromRevocationChecks();
    if (wanted != (points != null)) {
      report.accept(wanted ? "there is no CRL address" : "there must be no CRL address");
      return;
    }
    if (points != null) {
      for (DistributionPoint point : points.getDistributionPoints()) {
        ASN1Encodable name = point.getDistributionPoint().getName();
        for (GeneralName address : GeneralNames.getInstance(name).getNames()) {
          requireHttp(address, report);
        }
      }
    }
  }

  private static void authorityAccess(Linted linted, Consumer<String> report) {
    AuthorityInformationAccess access =
        AuthorityInformationAccess.fromExtensions(extensions(linted));
    if (linted.profile().statesIssuerAddresses() != (access != null)) {
      report.accept("issuer address missing, or present in a root");
      return;
    }
    if (access != null) {
      Set<ASN1ObjectIdentifier> methods =
          Set.copyOf(
              Arrays.stream(access.getAccessDescriptions())
                  .map(AccessDescription::getAccessMethod)
                  .toList());
      if (!methods.contains(AccessDescription.id_ad_caIssuers)) {
        report.accept("there is no address of the issuer's certificate");
      }
      if (methods.contains(AccessDescription.id_ad_ocsp) != wantsOcsp(linted)) {
        report.accept("address of a responder missing, or present where nobody may ask");
      }
      for (AccessDescription description : access.getAccessDescriptions()) {
        requireHttp(description.getAccessLocation(), report);
      }
    }
  }

  private static boolean wantsOcsp(Linted linted) {
    return !linted.profile().isExemptFromRevocationChecks()
        && linted.issuer().uris().flatMap(AuthorityUris::ocsp).isPresent();
  }

  private static void requireHttp(GeneralName address, Consumer<String> report) {
    if (address.getTagNo() != GeneralName.uniformResourceIdentifier
        || !address.getName().toString().startsWith("http://")) {
      report.accept("address is not http: " + address.getName());
    }
  }

  private static Extensions extensions(Linted linted) {
    return linted.certificate().getExtensions();
  }
}
