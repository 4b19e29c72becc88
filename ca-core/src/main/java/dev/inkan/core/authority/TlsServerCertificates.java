package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the TLS server's key and certificate under the issuing CA: at the start and for each
 * renewal. Writes nothing; the caller records {@link CertifiedKey#entry} in the ledger.
 */
public final class TlsServerCertificates {

  /** What browsers accept at most. */
  private static final int MAXIMUM_DAYS = 397;

  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private final IssuingCa issuer;
  private final Host host;
  private final KeyPairFactory keys;

  public TlsServerCertificates(IssuingCa issuer, Host host, KeyPairFactory keys) {
    this.issuer = issuer;
    this.host = host;
    this.keys = keys;
  }

  /**
   * Makes one.
   *
   * @param names what the server answers to; the first is its {@code CN} as well
   * @param days how long it is valid; 1-397
   */
  public CertifiedKey make(
      String organisation, List<SubjectAlternativeName> names, KeyAlgorithm algorithm, int days) {
    if (days < 1 || days > MAXIMUM_DAYS) {
      throw new IllegalArgumentException("days must be 1-" + MAXIMUM_DAYS + ": " + days);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a TLS server answers to at least one name");
    }
    Instant now = host.clock().instant();
    SigningKey key = keys.signingKey(algorithm);
    Validity validity = Validity.lasting(Duration.ofDays(days), now.minus(BACKDATING));
    CertificateTemplate template =
        new CertificateTemplate(
            CertificateProfile.tlsServer(issuer.policies()),
            SerialNumber.random(host.random()),
            validity,
            SubjectName.of(organisation, commonName(names.get(0))),
            key.publicKey(),
            names);
    Der certificate = issuer.certify(template);
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    CertificateRecord entry =
        CertificateRecord.prepared(
                template.serialNumber(),
                CertificateKind.TLS_SERVER,
                issuer.name(),
                new SubscriberId("tls-server"),
                validity,
                now,
                host.node())
            .issued();
    return new CertifiedKey(key.certified("tls-server", chain), entry);
  }

  /** A host name may be longer than a common name; the name that counts is the alternative one. */
  private static String commonName(SubjectAlternativeName name) {
    return name.value().length() <= 64 ? name.value() : "tls-server";
  }
}
