package dev.inkan.core.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificateLint;
import dev.inkan.core.issue.CertificateSigner;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.KeyPolicy;
import java.security.SecureRandom;
import java.util.List;

/**
 * A CA's key at work: rehearses, lints and signs certificates under it. It records nothing; see
 * {@link CertificationAuthority}. Safe for use by several threads.
 */
public final class IssuingCa {

  private final CaName name;
  private final IssuerKey key;
  private final Issuer issuer;
  private final PolicyIdentifiers policies;
  private final CertificateSigner signer;

  /**
   * Makes the throw-away key of the rehearsals, which takes as long as making one key does.
   *
   * @param name as in its addresses and in the ledger
   * @param uris where this CA publishes
   */
  public IssuingCa(
      CaName name,
      IssuerKey key,
      AuthorityUris uris,
      PolicyIdentifiers policies,
      KeyPolicy keyPolicy,
      CryptoProviders providers,
      SecureRandom random) {
    this.name = name;
    this.key = key;
    this.issuer = Issuer.of(key.certificate(), uris);
    this.policies = policies;
    this.signer =
        new CertificateSigner(
            issuer,
            key::newSigner,
            new KeyPairFactory(providers, random).signingKey(key.algorithm()),
            new CertificateLint(keyPolicy),
            providers.forVerification());
  }

  /** Its name in addresses and in the ledger. */
  public CaName name() {
    return name;
  }

  /** The CA's certificate first, then its issuers up to and with the root. */
  public List<Der> chain() {
    return key.chain();
  }

  public PolicyIdentifiers policies() {
    return policies;
  }

  public Validity validity() {
    return issuer.validity();
  }

  /** Signs one certificate: rehearsed, linted, signed once, verified. */
  public Der certify(CertificateTemplate template) {
    return signer.sign(signer.prepare(template));
  }

  /**
   * Asks whether the CA's key could sign now.
   *
   * @throws dev.inkan.core.certificate.UnavailableException if it could not
   */
  public void requireReady() {
    key.requireReady();
  }

  void requireCovers(Validity validity) {
    issuer.requireCovers(validity);
  }

  CertificateSigner.Prepared prepare(CertificateTemplate template) {
    return signer.prepare(template);
  }

  Der sign(CertificateSigner.Prepared prepared) {
    return signer.sign(prepared);
  }
}
