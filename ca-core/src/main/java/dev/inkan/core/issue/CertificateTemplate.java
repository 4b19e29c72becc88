package dev.inkan.core.issue;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import java.net.URI;
import java.security.PublicKey;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * Everything that is to stand in one certificate, before anybody signs it.
 *
 * @param alternativeNames a TLS server's names; empty for every other kind
 */
public record CertificateTemplate(
    CertificateProfile profile,
    SerialNumber serialNumber,
    Validity validity,
    X500Name subject,
    PublicKey publicKey,
    List<SubjectAlternativeName> alternativeNames) {

  public CertificateTemplate {
    alternativeNames = List.copyOf(alternativeNames);
  }

  /** A template without alternative names. */
  public CertificateTemplate(
      CertificateProfile profile,
      SerialNumber serialNumber,
      Validity validity,
      X500Name subject,
      PublicKey publicKey) {
    this(profile, serialNumber, validity, subject, publicKey, List.of());
  }

  SubjectPublicKeyInfo publicKeyInfo() {
    return SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
  }

  boolean hasRsaKey() {
    return publicKey.getAlgorithm().equals("RSA");
  }

  /** The certificate to be, under {@code issuer}. */
  X509v3CertificateBuilder builder(Issuer issuer) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer.name(),
            serialNumber.value(),
            new Time(Date.from(validity.notBefore()), Locale.ROOT),
            new Time(Date.from(validity.notAfter()), Locale.ROOT),
            subject,
            publicKeyInfo());
    try {
      addConstraints(builder);
      addIdentifiers(builder, issuer);
      addPolicy(builder);
      if (profile.statesIssuerAddresses()) {
        addAddresses(builder, issuer);
      }
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension cannot be encoded", e);
    }
    return builder;
  }

  private void addConstraints(X509v3CertificateBuilder builder) throws CertIOException {
    builder.addExtension(
        Extension.basicConstraints,
        profile.isAuthority(),
        profile
            .pathLength()
            .map(BasicConstraints::new)
            .orElseGet(() -> new BasicConstraints(false)));
    builder.addExtension(Extension.keyUsage, true, profile.keyUsage(hasRsaKey()));
    if (profile.purpose().isPresent()) {
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purpose().get()));
    }
    if (!alternativeNames.isEmpty()) {
      GeneralName[] names =
          alternativeNames.stream()
              .map(SubjectAlternativeName::toGeneralName)
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
  }

  private void addIdentifiers(X509v3CertificateBuilder builder, Issuer issuer)
      throws CertIOException {
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuer.keyIdentifier().getOctets()));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(KeyIdentifier.of(publicKeyInfo()).getOctets()));
  }

  private void addPolicy(X509v3CertificateBuilder builder) throws CertIOException {
    if (profile.policy().isPresent()) {
      builder.addExtension(
          Extension.certificatePolicies,
          false,
          new CertificatePolicies(new PolicyInformation(profile.policy().get())));
    }
    if (profile.isExemptFromRevocationChecks()) {
      builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    }
  }

  private void addAddresses(X509v3CertificateBuilder builder, Issuer issuer)
      throws CertIOException {
    AuthorityUris uris =
        issuer
            .uris()
            .orElseThrow(() -> new IllegalStateException("the issuer's addresses are not known"));
    ASN1EncodableVector access = new ASN1EncodableVector();
    Optional<URI> ocsp = profile.isExemptFromRevocationChecks() ? Optional.empty() : uris.ocsp();
    ocsp.ifPresent(uri -> access.add(access(AccessDescription.id_ad_ocsp, uri)));
    access.add(access(AccessDescription.id_ad_caIssuers, uris.caIssuers()));
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        AuthorityInformationAccess.getInstance(new DERSequence(access)));
    if (!profile.isExemptFromRevocationChecks()) {
      GeneralNames crl = new GeneralNames(uri(uris.crl()));
      builder.addExtension(
          Extension.cRLDistributionPoints,
          false,
          new CRLDistPoint(
              new DistributionPoint[] {
                new DistributionPoint(new DistributionPointName(crl), null, null)
              }));
    }
  }

  private static AccessDescription access(ASN1ObjectIdentifier method, URI uri) {
    return new AccessDescription(method, uri(uri));
  }

  private static GeneralName uri(URI uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString());
  }
}
