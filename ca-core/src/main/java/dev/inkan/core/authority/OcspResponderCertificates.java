package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.key.SigningKeyMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the key and the certificate with which OCSP answers are signed on an issuing CA's behalf:
 * P-256 and 30 days, since nobody can revoke it. Writes nothing; the caller records {@link
 * CertifiedKey#entry} in the ledger. Safe for use by several threads.
 */
public final class OcspResponderCertificates {

  /** How long one is valid. */
  public static final Duration LIFETIME = Duration.ofDays(30);

  private static final String NAME = "ocsp-responder";
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private final IssuingCa issuer;
  private final Host host;
  private final SigningKeyMaker keys;

  public OcspResponderCertificates(IssuingCa issuer, Host host, SigningKeyMaker keys) {
    this.issuer = issuer;
    this.host = host;
    this.keys = keys;
  }

  /**
   * Makes one, for thirty days or as long as its issuer lasts.
   *
   * @throws dev.inkan.core.issue.ValidityOutsideIssuerException if the issuing CA has ended
   */
  public CertifiedKey make(String organisation) {
    Instant now = host.clock().instant();
    SigningKey key = keys.signingKey(KeyAlgorithm.P_256);
    Validity validity = validity(now.minus(BACKDATING));
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.ocspResponder(issuer.policies()),
            SerialNumber.random(host.random()),
            validity,
            SubjectName.of(organisation, "OCSP responder"),
            key.publicKey());
    Der certificate = issuer.certify(template);
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                CertificateKind.OCSP_RESPONDER,
                issuer.name(),
                new SubscriberId(NAME),
                validity,
                now,
                host.node())
            .issued();
    return new CertifiedKey(key.certified(NAME, chain), entry);
  }

  // An issuing CA answers for its certificates to their very end, which may be its own.
  private Validity validity(Instant start) {
    Validity full = Validity.lasting(LIFETIME, start);
    Instant issuersEnd = issuer.validity().notAfter();
    return full.notAfter().isAfter(issuersEnd) && issuersEnd.isAfter(start)
        ? new Validity(full.notBefore(), issuersEnd)
        : full;
  }
}
