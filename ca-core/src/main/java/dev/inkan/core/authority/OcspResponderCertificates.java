package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.key.SigningKeyMaker;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Makes the key and the certificate with which OCSP answers are signed on an issuing CA's behalf:
 * P-256 and 30 days, since nobody can revoke it. Writes nothing; the caller records {@link
 * CertifiedKey#entry} in the ledger. Safe for use by several threads.
 */
public final class OcspResponderCertificates {

  /** How long one is valid. */
  public static final Duration LIFETIME = Duration.ofDays(30);

  private static final String NAME = "ocsp-responder";
  private static final String COMMON_NAME = "OCSP responder";
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
    SigningKey key = keys.signingKey(KeyAlgorithm.P_256);
    Certified made =
        certify(SubjectName.of(organisation, COMMON_NAME), key.publicKey(), new SubscriberId(NAME));
    return new CertifiedKey(key.certified(NAME, chain(made.certificate())), made.entry());
  }

  /**
   * A certificate for a key that is elsewhere.
   *
   * @param entry {@code ISSUED}, to be put into the ledger with it
   */
  public record Certified(Der certificate, CertificateRecord entry) {}

  /**
   * As {@link #make}, for the key of a server that has no issuing CA's. The caller has seen that
   * whoever asks has the private key, and that it is nobody else's.
   *
   * @param node whose key it is
   * @throws dev.inkan.core.issue.LintViolationException if the key is one that is not certified
   */
  public Certified certify(String organisation, NodeName node, PublicKey key) {
    return certify(SubjectName.of(organisation, commonName(node)), key, subscriber(node));
  }

  /** What the ledger calls the responder of {@code node}. */
  public static SubscriberId subscriber(NodeName node) {
    return new SubscriberId(NAME + "-" + node);
  }

  /** How the responder of {@code node} is called. */
  public static String commonName(NodeName node) {
    return COMMON_NAME + " " + node;
  }

  private Certified certify(X500Name subject, PublicKey key, SubscriberId subscriber) {
    Instant now = host.clock().instant();
    Validity validity = validity(now.minus(BACKDATING));
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.ocspResponder(issuer.policies()),
            SerialNumber.random(host.random()),
            validity,
            subject,
            key);
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                CertificateKind.OCSP_RESPONDER,
                issuer.name(),
                subscriber,
                validity,
                now,
                host.node())
            .issued();
    return new Certified(issuer.certify(template), entry);
  }

  private List<Der> chain(Der certificate) {
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    return chain;
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
