package dev.inkan.core.authority;

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
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.SigningKey;
import dev.inkan.core.policy.KeyPolicy;
import java.time.Duration;
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
  private static final int ISSUING_YEARS = 10;

  /** So that what is issued right after the ceremony, backdated itself, starts inside. */
  private static final Duration BACKDATING = Duration.ofMinutes(10);

  private final Host host;
  private final CryptoProviders providers;
  private final KeyPairFactory keys;
  private final CertificateLint lint = new CertificateLint(KeyPolicy.BANK);

  public Ceremony(Host host, CryptoProviders providers) {
    this.host = host;
    this.providers = providers;
    this.keys = new KeyPairFactory(providers, host.random());
  }

  /** Makes both CAs. Takes as long as making two keys does. */
  public CeremonyResult perform(CeremonyPlan plan) {
    Instant now = host.clock().instant();
    Transcript transcript = new Transcript(now, host.node());
    CertifiedKey root = makeRoot(plan, now);
    transcript.add("Root certification authority", root);
    CertifiedKey issuing = makeIssuing(plan, root, now);
    transcript.add("Issuing certification authority", issuing);
    return new CeremonyResult(root, issuing, transcript.lines());
  }

  private CertifiedKey makeRoot(CeremonyPlan plan, Instant now) {
    SigningKey key = keys.signingKey(KeyAlgorithm.P_384);
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
    return certified("root", key, List.of(certificate), template, now);
  }

  private CertifiedKey makeIssuing(CeremonyPlan plan, CertifiedKey root, Instant now) {
    SigningKey key = keys.signingKey(plan.issuingAlgorithm());
    AuthorityUris rootUris = plan.publication().root();
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.issuingCa(),
            SerialNumber.random(host.random()),
            validity(now, ISSUING_YEARS),
            SubjectName.of(plan.organisation(), plan.issuingName()),
            key.publicKey());
    Der certificate =
        sign(
            Issuer.of(root.credential().certificate(), rootUris),
            root.credential()::newSigner,
            root.credential().algorithm(),
            template);
    return certified(
        "issuing", key, List.of(certificate, root.credential().certificate()), template, now);
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
      String id, SigningKey key, List<Der> chain, CertificateTemplate template, Instant now) {
    CertificateKind kind = template.profile().kind();
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                kind,
                new SubscriberId(id),
                template.validity(),
                now,
                host.node())
            .issued();
    return new CertifiedKey(key.certified(id, chain), entry);
  }

  private static Validity validity(Instant now, int years) {
    Instant start = now.minus(BACKDATING);
    return new Validity(
        start, start.atOffset(ZoneOffset.UTC).plusYears(years).toInstant().minusSeconds(1));
  }
}
