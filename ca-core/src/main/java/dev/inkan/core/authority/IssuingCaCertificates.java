package dev.inkan.core.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificateLint;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateSigner;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.KeyPolicy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Has a root certify an issuing CA, whose key may be elsewhere. Writes nothing; the caller records
 * {@link #entry} in the ledger. Safe for use by several threads.
 */
public final class IssuingCaCertificates {

  private static final int YEARS = 10;

  /** So that what is issued right after the ceremony, backdated itself, starts inside. */
  static final Duration BACKDATING = Duration.ofMinutes(10);

  private final Host host;
  private final Issuer root;
  private final CertificateSigner signer;

  /**
   * @param uris where the root publishes
   */
  public IssuingCaCertificates(
      IssuerKey root, AuthorityUris uris, Host host, CryptoProviders providers) {
    this.host = host;
    this.root = Issuer.of(root.certificate(), uris);
    this.signer =
        new CertificateSigner(
            this.root,
            root::newSigner,
            new KeyPairFactory(providers, host.random()).signingKey(root.algorithm()),
            new CertificateLint(KeyPolicy.BANK),
            providers.forVerification());
  }

  /**
   * Certifies the key in {@code request}: for ten years, or as long as the root lasts.
   *
   * @throws dev.inkan.core.issue.LintViolationException if the certificate would break its profile;
   *     nothing was signed
   */
  public Der certify(CertificationRequest request) {
    return signer.sign(
        signer.prepare(
            new CertificateTemplate(
                CertificateProfile.issuingCa(),
                SerialNumber.random(host.random()),
                validity(),
                request.subject(),
                request.publicKey())));
  }

  private Validity validity() {
    Instant start = host.clock().instant().minus(BACKDATING);
    Instant first = root.validity().notBefore();
    Instant from = start.isBefore(first) ? first : start;
    Instant full = start.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant().minusSeconds(1);
    Instant last = root.validity().notAfter();
    return new Validity(from, full.isAfter(last) ? last : full);
  }

  /** The ledger's entry of such a certificate, {@code ISSUED}. */
  public static CertificateRecord entry(CaName name, Der certificate, Host host) {
    X509CertificateHolder parsed = Transcript.parse(certificate);
    BigInteger serial = parsed.getSerialNumber();
    return CertificateRecord.prepared(
            new SerialNumber(serial),
            CertificateKind.ISSUING_CA,
            CaName.ROOT,
            new SubscriberId(name.value()),
            new Validity(parsed.getNotBefore().toInstant(), parsed.getNotAfter().toInstant()),
            host.clock().instant(),
            host.node())
        .issued();
  }
}
