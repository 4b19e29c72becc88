package dev.inkan.core.testing;

import dev.inkan.core.authority.Ceremony;
import dev.inkan.core.authority.CeremonyPlan;
import dev.inkan.core.authority.CeremonyResult;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.authority.SubscriberCertificates;
import dev.inkan.core.authority.TlsServerCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.KeyPolicy;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;

/**
 * A root and an issuing CA with P-384 keys, made in some milliseconds, valid from {@code now} on.
 */
public final class TestPki {

  /** When tests that do not care take place. */
  public static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  public static final String ORGANISATION = "テスト労働金庫";
  public static final URI BASE = URI.create("http://pki.example:8080");
  public static final CeremonyPlan.Publication PUBLICATION =
      CeremonyPlan.Publication.below(BASE, "issuing");
  public static final PolicyIdentifiers POLICIES = PolicyIdentifiers.below("1.3.6.1.4.1.99999.1");
  public static final NodeName NODE = new NodeName("test-node");

  private final SecureRandom random = new SecureRandom();
  private final CryptoProviders providers = CryptoProviders.bouncyCastle();
  private final KeyPairFactory keys = new KeyPairFactory(providers, random);
  private final CeremonyResult ceremony;

  /** Two CAs, made at {@code now}. */
  public TestPki(Instant now) {
    this.ceremony =
        new Ceremony(host(new MutableClock(now)), providers)
            .perform(
                new CeremonyPlan(
                    ORGANISATION,
                    "Test Root CA",
                    "Test Issuing CA",
                    KeyAlgorithm.P_384,
                    PUBLICATION,
                    POLICIES));
  }

  public CeremonyResult ceremony() {
    return ceremony;
  }

  public Credential root() {
    return ceremony.root().credential();
  }

  public Credential issuing() {
    return ceremony.issuing().credential();
  }

  public SecureRandom random() {
    return random;
  }

  public CryptoProviders providers() {
    return providers;
  }

  public KeyPairFactory keys() {
    return keys;
  }

  public Host host(Clock clock) {
    return new Host(clock, random, NODE);
  }

  public IssuingCa issuingCa() {
    return new IssuingCa(
        CaName.ISSUING,
        issuing(),
        PUBLICATION.issuing(),
        POLICIES,
        KeyPolicy.BANK,
        providers,
        random);
  }

  /** Subscribers' certificates with keys from {@code pool} and a fast PKCS#12. */
  public SubscriberCertificates subscriberCertificates(KeyPool pool) {
    PfxSettings fast = new PfxSettings(PfxSettings.Profile.MODERN, 1_000, false);
    return new SubscriberCertificates(issuingCa(), pool, new SubscriberPfx(fast, random));
  }

  /** A pool of P-256 keys that makes each on the spot. The caller closes it. */
  public KeyPool pool() {
    return new KeyPool(
        KeyAlgorithm.P_256,
        0,
        keys,
        failure -> {
          throw failure;
        });
  }

  public TlsServerCertificates tlsServerCertificates(Clock clock) {
    return new TlsServerCertificates(issuingCa(), host(clock), keys);
  }

  public OcspResponderCertificates ocspResponderCertificates(Clock clock) {
    return new OcspResponderCertificates(issuingCa(), host(clock), keys);
  }

  /** The certificate as the JDK reads it. */
  public static X509Certificate x509(Der certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toByteArray()));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
