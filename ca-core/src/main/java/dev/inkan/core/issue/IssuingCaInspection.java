package dev.inkan.core.issue;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.KeyPolicy;
import java.io.IOException;
import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Looks at an issuing CA's certificate that comes back from a ceremony elsewhere: it must be the
 * one that was asked for, by our root, and such as this program would have had signed. Immutable.
 */
public final class IssuingCaInspection {

  private final Issuer root;
  private final CertificateLint lint;
  private final Provider verification;

  /**
   * @param root the trust anchor's certificate
   * @param uris where the root publishes
   */
  public IssuingCaInspection(Der root, AuthorityUris uris, KeyPolicy keys, Provider verification) {
    this.root = Issuer.of(root, uris);
    this.lint = new CertificateLint(keys);
    this.verification = verification;
  }

  /**
   * Everything that is wrong with it, a sentence each; nothing if it may be used.
   *
   * @param asked the subject and the key that the certificate must have
   * @param needed when it must be valid: from now until what it is to issue has ended
   */
  public List<String> objections(Der certificate, CertificationRequest asked, Validity needed) {
    try {
      X509CertificateHolder found = new X509CertificateHolder(certificate.toByteArray());
      List<String> objections = new ArrayList<>();
      inspectIdentity(found, asked, objections);
      inspectSignature(found, objections);
      inspectValidity(found, needed, objections);
      inspectProfile(found, asked, objections);
      return objections;
    } catch (IOException | RuntimeException e) { // the parser throws both sorts
      return List.of("it cannot be read as a certificate");
    }
  }

  private static void inspectIdentity(
      X509CertificateHolder found, CertificationRequest asked, List<String> objections) {
    SubjectPublicKeyInfo wanted = SubjectPublicKeyInfo.getInstance(asked.publicKey().getEncoded());
    if (!found.getSubjectPublicKeyInfo().equals(wanted)) {
      objections.add("its key is not the one in the request");
    }
    if (!found.getSubject().toASN1Primitive().equals(asked.subject().toASN1Primitive())) {
      objections.add("its name is " + found.getSubject() + ", not " + asked.subject());
    }
  }

  private void inspectSignature(X509CertificateHolder found, List<String> objections) {
    try {
      if (!found.getIssuer().toASN1Primitive().equals(root.name().toASN1Primitive())
          || !found.isSignatureValid(
              new JcaContentVerifierProviderBuilder()
                  .setProvider(verification)
                  .build(root.publicKey()))) {
        objections.add("it was not signed by this installation's root, " + root.name());
      }
    } catch (CertException | OperatorCreationException e) {
      objections.add("its signature cannot be checked: " + e.getMessage());
    }
  }

  private static void inspectValidity(
      X509CertificateHolder found, Validity needed, List<String> objections) {
    Instant from = found.getNotBefore().toInstant();
    Instant to = found.getNotAfter().toInstant();
    if (from.isAfter(needed.notBefore())) {
      objections.add("it is valid from " + from + " on, not yet");
    }
    if (to.isBefore(needed.notBefore())) {
      objections.add("it ended at " + to);
    } else if (to.isBefore(needed.notAfter())) {
      objections.add(
          "it ends at " + to + ", before what it is to issue: " + needed.notAfter() + " at least");
    }
  }

  private void inspectProfile(
      X509CertificateHolder found, CertificationRequest asked, List<String> objections) {
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.issuingCa(),
            new SerialNumber(found.getSerialNumber()),
            new Validity(found.getNotBefore().toInstant(), found.getNotAfter().toInstant()),
            asked.subject(),
            asked.publicKey());
    lint.violations(found, template, root).forEach(it -> objections.add(it.toString()));
    X509v3CertificateBuilder expected = template.builder(root);
    for (ASN1ObjectIdentifier oid :
        List.of(Extension.authorityInfoAccess, Extension.cRLDistributionPoints)) {
      if (!expected.getExtension(oid).equals(found.getExtension(oid))) {
        objections.add(
            "it does not say that the root publishes at "
                + root.uris().map(it -> it.crl() + " and " + it.caIssuers()).orElse(""));
        return;
      }
    }
  }
}
