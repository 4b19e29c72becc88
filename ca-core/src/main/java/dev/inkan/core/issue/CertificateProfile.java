package dev.inkan.core.issue;

import dev.inkan.core.certificate.CertificateKind;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a certificate of one kind holds, whoever it is for.
 *
 * @param policy the certificate policy; a root states none
 * @param pathLength how many CAs may follow below; present for CAs alone
 * @param purpose the one extended key usage; present for end entities alone
 * @param keyEncipherment whether RSA keys may also transport keys
 */
public record CertificateProfile(
    CertificateKind kind,
    Optional<ASN1ObjectIdentifier> policy,
    Optional<Integer> pathLength,
    Optional<KeyPurposeId> purpose,
    boolean keyEncipherment) {

  private static final ASN1ObjectIdentifier ANY_POLICY = new ASN1ObjectIdentifier("2.5.29.32.0");

  /** A trust anchor. */
  public static CertificateProfile root() {
    return authority(CertificateKind.ROOT, Optional.empty(), 1);
  }

  /** A CA below the root that certifies end entities, under whatever policy. */
  public static CertificateProfile issuingCa() {
    return authority(CertificateKind.ISSUING_CA, Optional.of(ANY_POLICY), 0);
  }

  public static CertificateProfile subscriber(PolicyIdentifiers policies) {
    return endEntity(
        CertificateKind.SUBSCRIBER, policies.subscriber(), KeyPurposeId.id_kp_clientAuth, true);
  }

  public static CertificateProfile operator(PolicyIdentifiers policies) {
    return endEntity(
        CertificateKind.OPERATOR, policies.operator(), KeyPurposeId.id_kp_clientAuth, false);
  }

  public static CertificateProfile ocspResponder(PolicyIdentifiers policies) {
    return endEntity(
        CertificateKind.OCSP_RESPONDER,
        policies.ocspResponder(),
        KeyPurposeId.id_kp_OCSPSigning,
        false);
  }

  public static CertificateProfile tlsServer(PolicyIdentifiers policies) {
    return endEntity(
        CertificateKind.TLS_SERVER, policies.tlsServer(), KeyPurposeId.id_kp_serverAuth, true);
  }

  /** Signs checkpoints of the audit trail: RFC 9336. */
  public static CertificateProfile audit(PolicyIdentifiers policies) {
    return endEntity(
        CertificateKind.AUDIT, policies.audit(), KeyPurposeId.id_kp_documentSigning, false);
  }

  public boolean isAuthority() {
    return pathLength.isPresent();
  }

  /** The key usage for a key of this sort. */
  KeyUsage keyUsage(boolean rsa) {
    if (isAuthority()) {
      return new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }
    return new KeyUsage(
        KeyUsage.digitalSignature | (rsa && keyEncipherment ? KeyUsage.keyEncipherment : 0));
  }

  /** Whether the certificate says where its issuer publishes. A root has no issuer to look for. */
  boolean statesIssuerAddresses() {
    return kind != CertificateKind.ROOT;
  }

  /** RFC 6960, section 4.2.2.2.1: nobody asks a responder about itself. */
  boolean isExemptFromRevocationChecks() {
    return kind == CertificateKind.OCSP_RESPONDER;
  }

  private static CertificateProfile authority(
      CertificateKind kind, Optional<ASN1ObjectIdentifier> policy, int pathLength) {
    return new CertificateProfile(kind, policy, Optional.of(pathLength), Optional.empty(), false);
  }

  private static CertificateProfile endEntity(
      CertificateKind kind, String policy, KeyPurposeId purpose, boolean keyEncipherment) {
    return new CertificateProfile(
        kind,
        Optional.of(new ASN1ObjectIdentifier(policy)),
        Optional.empty(),
        Optional.of(purpose),
        keyEncipherment);
  }
}
