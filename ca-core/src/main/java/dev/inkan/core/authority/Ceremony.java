package dev.inkan.core.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateLint;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateSigner;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.key.SigningKeyMaker;
import dev.inkan.core.policy.KeyPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.ContentSigner;

/**
 * Makes a root and an issuing CA below it. Writes nothing: the caller puts the keys into files, the
 * certificates into the ledger and the transcript onto paper.
 */
public final class Ceremony {

  private static final int ROOT_YEARS = 20;

  private final Host host;
  private final CryptoProviders providers;
  private final KeyPairFactory keys;
  private final SigningKeyMaker rootKeys;
  private final SigningKeyMaker issuingKeys;
  private final CertificateLint lint = new CertificateLint(KeyPolicy.BANK);

  /** Makes both keys in memory. */
  public Ceremony(Host host, CryptoProviders providers) {
    this(
        host,
        providers,
        new KeyPairFactory(providers, host.random()),
        new KeyPairFactory(providers, host.random()));
  }

  /** Makes the root's key and the issuing CA's where {@code rootKeys} and the other make them. */
  public Ceremony(
      Host host, CryptoProviders providers, SigningKeyMaker rootKeys, SigningKeyMaker issuingKeys) {
    this.host = host;
    this.providers = providers;
    this.keys = new KeyPairFactory(providers, host.random());
    this.rootKeys = rootKeys;
    this.issuingKeys = issuingKeys;
  }

  /** Makes both CAs. Takes as long as making two keys does. */
  public CeremonyResult perform(CeremonyPlan plan) {
    Instant now = host.clock().instant();
    Transcript transcript = new Transcript(now, host.node());
    CertifiedKey root = makeRoot(plan, now);
    transcript.add("Root certification authority", root.credential().certificate());
    CertifiedKey issuing = makeIssuing(plan, root);
    transcript.add("Issuing certification authority", issuing.credential().certificate());
    return new CeremonyResult(root, issuing, transcript.lines());
  }

  private CertifiedKey makeRoot(CeremonyPlan plan, Instant now) {
    SigningKey key = rootKeys.signingKey(KeyAlgorithm.P_384);
    X500Name name = SubjectName.of(plan.organisation(), plan.rootName());
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.root(),
            SerialNumber.random(host.random()),
            validity(now, ROOT_YEARS),
            name,
            key.publicKey());
    Issuer self = Issuer.self(name, key.publicKey(), template.validity());
    Der certificate = sign(self, key::newSigner, key.algorithm(), template);
    return certified(key, certificate, template, now);
  }

  private CertifiedKey makeIssuing(CeremonyPlan plan, CertifiedKey root) {
    SigningKey key = issuingKeys.signingKey(plan.issuingAlgorithm());
    Credential above = root.credential();
    Der certificate =
        new IssuingCaCertificates(above, plan.publication().root(), host, providers)
            .certify(
                new CertificationRequest(
                    SubjectName.of(plan.organisation(), plan.issuingName()), key.publicKey()));
    return new CertifiedKey(
        key.certified(CaName.ISSUING.value(), List.of(certificate, above.certificate())),
        IssuingCaCertificates.entry(CaName.ISSUING, certificate, host));
  }

  private Der sign(
      Issuer issuer,
      Supplier<ContentSigner> key,
      KeyAlgorithm algorithm,
      CertificateTemplate template) {
    CertificateSigner signer =
        new CertificateSigner(
            issuer, key, keys.signingKey(algorithm), lint, providers.forVerification());
    return signer.sign(signer.prepare(template));
  }

  private CertifiedKey certified(
      SigningKey key, Der certificate, CertificateTemplate template, Instant now) {
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                CertificateKind.ROOT,
                CaName.ROOT,
                new SubscriberId(CaName.ROOT.value()),
                template.validity(),
                now,
                host.node())
            .issued();
    return new CertifiedKey(key.certified(CaName.ROOT.value(), List.of(certificate)), entry);
  }

  private static Validity validity(Instant now, int years) {
    Instant start = now.minus(IssuingCaCertificates.BACKDATING);
    return new Validity(
        start, start.atOffset(ZoneOffset.UTC).plusYears(years).toInstant().minusSeconds(1));
  }
}
