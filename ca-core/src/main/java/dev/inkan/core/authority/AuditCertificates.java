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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the key that signs the audit trail's checkpoints, with its certificate under the issuing
 * CA. Writes nothing; the caller records {@link CertifiedKey#entry} in the ledger.
 */
public final class AuditCertificates {

  private static final int YEARS_AT_MOST = 10;
  private static final Duration BACKDATING = Duration.ofMinutes(5);
  private static final String NAME = "audit";

  private final IssuingCa issuer;
  private final Host host;
  private final SigningKeyMaker keys;

  public AuditCertificates(IssuingCa issuer, Host host, SigningKeyMaker keys) {
    this.issuer = issuer;
    this.host = host;
    this.keys = keys;
  }

  /** Makes one: P-256, valid for ten years or as long as its issuer. */
  public CertifiedKey make(String organisation) {
    Instant now = host.clock().instant();
    SigningKey key = keys.signingKey(KeyAlgorithm.P_256);
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.audit(issuer.policies()),
            SerialNumber.random(host.random()),
            validity(now.minus(BACKDATING)),
            SubjectName.of(organisation, NAME),
            key.publicKey());
    Der certificate = issuer.certify(template);
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                CertificateKind.AUDIT,
                issuer.name(),
                new SubscriberId(NAME),
                template.validity(),
                now,
                host.node())
            .issued();
    return new CertifiedKey(key.certified(NAME, chain), entry);
  }

  private Validity validity(Instant start) {
    Instant full = start.atOffset(ZoneOffset.UTC).plusYears(YEARS_AT_MOST).toInstant();
    Instant issuersEnd = issuer.validity().notAfter();
    Instant lastSecond = full.minusSeconds(1);
    return new Validity(start, lastSecond.isBefore(issuersEnd) ? lastSecond : issuersEnd);
  }
}
