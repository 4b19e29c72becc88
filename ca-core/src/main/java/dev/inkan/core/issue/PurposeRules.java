package dev.inkan.core.issue;

import static dev.inkan.core.issue.LintRule.rfc5280;

import dev.inkan.core.issue.CertificateLint.Linted;
import dev.inkan.core.policy.KeyPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** Rules about what a certificate and its key may be used for. */
final class PurposeRules {

  private PurposeRules() {}

  static List<LintRule> all(KeyPolicy keys) {
    return List.of(
        rfc5280("basic-constraints", "4.2.1.9", PurposeRules::basicConstraints),
        rfc5280("key-usage", "4.2.1.3", PurposeRules::keyUsage),
        rfc5280("extended-key-usage", "4.2.1.12", PurposeRules::extendedKeyUsage),
        rfc5280("certificate-policies", "4.2.1.4", PurposeRules::certificatePolicies),
        new LintRule("ocsp-nocheck", "RFC 6960, 4.2.2.2.1", PurposeRules::ocspNocheck),
        new LintRule(
            "public-key",
            "SP 800-89, 5.3.3",
            (linted, report) -> keys.violations(linted.template().publicKey()).forEach(report)));
  }

  private static void basicConstraints(Linted linted, Consumer<String> report) {
    BasicConstraints constraints = BasicConstraints.fromExtensions(extensions(linted));
    if (constraints == null) {
      report.accept("basic constraints are missing");
      return;
    }
    if (constraints.isCA() != linted.profile().isAuthority()) {
      report.accept(constraints.isCA() ? "end entity is marked as CA" : "CA is not marked as one");
    }
    Integer expected = linted.profile().pathLength().orElse(-1);
    int actual =
        constraints.getPathLenConstraint() == null
            ? -1
            : constraints.getPathLenConstraint().intValueExact();
    if (actual != expected) {
      report.accept("path length is " + actual + ", not " + expected);
    }
  }

  private static void keyUsage(Linted linted, Consumer<String> report) {
    KeyUsage usage = KeyUsage.fromExtensions(extensions(linted));
    KeyUsage expected = linted.profile().keyUsage(linted.template().hasRsaKey());
    if (!expected.equals(usage)) {
      report.accept("key usage is not the one for this kind of certificate and key");
    }
  }

  private static void extendedKeyUsage(Linted linted, Consumer<String> report) {
    ExtendedKeyUsage usage = ExtendedKeyUsage.fromExtensions(extensions(linted));
    List<KeyPurposeId> actual = usage == null ? List.of() : Arrays.asList(usage.getUsages());
    List<KeyPurposeId> expected = linted.profile().purpose().map(List::of).orElse(List.of());
    if (!actual.equals(expected)) {
      report.accept("extended key usage is " + actual + ", not " + expected);
    }
  }

  private static void certificatePolicies(Linted linted, Consumer<String> report) {
    CertificatePolicies policies = CertificatePolicies.fromExtensions(extensions(linted));
    List<ASN1ObjectIdentifier> actual =
        policies == null
            ? List.of()
            : Arrays.stream(policies.getPolicyInformation())
                .map(PolicyInformation::getPolicyIdentifier)
                .toList();
    List<ASN1ObjectIdentifier> expected = linted.profile().policy().map(List::of).orElse(List.of());
    if (!actual.equals(expected)) {
      report.accept("certificate policies are " + actual + ", not " + expected);
    }
  }

  private static void ocspNocheck(Linted linted, Consumer<String> report) {
    boolean present =
        linted.certificate().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null;
    if (present != linted.profile().isExemptFromRevocationChecks()) {
      report.accept("ocsp-nocheck belongs to responders, and to them alone");
    }
  }

  private static Extensions extensions(Linted linted) {
    return linted.certificate().getExtensions();
  }
}
