package dev.inkan.core.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateSigner;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.SubscriberKey;
import dev.inkan.core.key.SubscriberPfx;

/**
 * Makes what a subscriber gets: a key, a certificate for it, and the PKCS#12 of both. It records
 * nothing; see {@link CertificationAuthority}. Safe for use by several threads.
 */
public final class SubscriberCertificates {

  private final IssuingCa issuer;
  private final KeyPool keys;
  private final SubscriberPfx pfx;
  private final CertificateProfile profile;

  public SubscriberCertificates(IssuingCa issuer, KeyPool keys, SubscriberPfx pfx) {
    this.issuer = issuer;
    this.keys = keys;
    this.pfx = pfx;
    this.profile = CertificateProfile.subscriber(issuer.policies());
  }

  /** The CA that signs them. */
  CaName issuer() {
    return issuer.name();
  }

  void requireReady() {
    issuer.requireReady();
  }

  void requireCovers(Validity validity) {
    issuer.requireCovers(validity);
  }

  SubscriberKey takeKey() {
    return keys.take();
  }

  CertificateSigner.Prepared prepare(
      SubscriberRequest request, SerialNumber serialNumber, Validity validity, SubscriberKey key) {
    return issuer.prepare(
        new CertificateTemplate(
            profile,
            serialNumber,
            validity,
            SubjectName.of(request.organisation(), request.commonName()),
            key.publicKey()));
  }

  Der sign(CertificateSigner.Prepared prepared) {
    return issuer.sign(prepared);
  }

  Der pack(SubscriberRequest request, SubscriberKey key, Der certificate, Passphrase passphrase) {
    return pfx.pack(key, certificate, issuer.chain(), request.commonName(), passphrase);
  }
}
