package dev.inkan.server;

import dev.inkan.core.authority.AuditCertificates;
import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuanceRules;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.authority.OperatorCertificates;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.SubscriberCertificates;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.status.ResponderFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The issuing CA, as the configuration describes it. */
final class Authorities {

  /** The issuing CA's name in the addresses it publishes under. */
  static final String ISSUING_NAME = "issuing";

  private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);
  private static final Duration BACKDATING = Duration.ofMinutes(5);
  private static final Duration PREPARATION_TIMEOUT = Duration.ofMinutes(5);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final CryptoProviders providers;
  private final Credential issuing;
  private final IssuingCa issuingCa;

  private Authorities(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      CryptoProviders providers,
      Credential issuing) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    this.providers = providers;
    this.issuing = issuing;
    this.issuingCa =
        new IssuingCa(
            issuing,
            AuthorityUris.below(config.status().baseUrl(), ISSUING_NAME),
            PolicyIdentifiers.below(config.authority().policyOid()),
            KeyPolicy.BANK,
            providers,
            host.random());
  }

  /** Opens the issuing key, for a process whose clock must be right. */
  static Authorities open(InkanConfig config, Host host) {
    return open(config, host, ClockPolicy.BANK);
  }

  /** Opens the issuing key. */
  static Authorities open(InkanConfig config, Host host, ClockPolicy clocks) {
    CryptoProviders providers = CryptoProviders.fastest(host.random());
    LOG.info("keys and signatures: {}", providers.describe());
    InkanConfig.Authority authority = config.authority();
    try (Passphrase passphrase = authority.issuingPassphraseFile().passphrase()) {
      Credential issuing =
          new Pkcs12IssuerKey(providers, host.random())
              .load(ISSUING_NAME, authority.issuingKeyFile(), passphrase);
      return new Authorities(config, host, clocks, providers, issuing);
    }
  }

  Fingerprint issuer() {
    return Fingerprint.of(issuing.certificate());
  }

  /** The issuing CA's certificate first, the root last, in DER. */
  List<Der> certificates() {
    return issuing.chain();
  }

  /** The issuing CA's key. */
  IssuerKey issuing() {
    return issuing;
  }

  /** Who signs. */
  CryptoProviders providers() {
    return providers;
  }

  /** The trust anchor. */
  Der root() {
    return issuing.chain().get(issuing.chain().size() - 1);
  }

  /** The issuing CA's certificate first, the root last. */
  List<X509Certificate> chain() {
    return issuing.chain().stream().map(Authorities::parse).toList();
  }

  AuditCertificates auditCertificates() {
    return new AuditCertificates(issuingCa, host, new KeyPairFactory(providers, host.random()));
  }

  /** The key that signs the audit trail's checkpoints. */
  Credential auditKey(Path file, Passphrase passphrase) {
    return new Pkcs12IssuerKey(providers, host.random()).load("audit", file, passphrase);
  }

  OcspResponderCertificates responderCertificates() {
    return new OcspResponderCertificates(
        issuingCa, host, new KeyPairFactory(providers, host.random()));
  }

  /** Where the responder's key lies, or will. */
  ResponderFile responderFile() {
    InkanConfig.Status status = config.status();
    return new ResponderFile(
        status.responderKeyFile(),
        status.responderPassphraseFile(),
        new Pkcs12IssuerKey(providers, host.random()),
        host.random());
  }

  KeyPool keyPool() {
    InkanConfig.Authority authority = config.authority();
    return new KeyPool(
        KeyAlgorithm.valueOf(authority.subscriberKey().name()),
        authority.keyPoolSize(),
        new KeyPairFactory(providers, host.random()),
        e -> LOG.error("a subscriber key could not be made ahead: {}", e.getMessage()));
  }

  IssuancePolicy policy() {
    return policy(config);
  }

  /** The bank's numbers, for which no key is needed. */
  static IssuancePolicy policy(InkanConfig config) {
    InkanConfig.Certificate certificate = config.certificate();
    return new IssuancePolicy(
        certificate.validityDays(),
        certificate.renewalWindowDays(),
        config.bank().zone(),
        BACKDATING,
        PREPARATION_TIMEOUT);
  }

  CertificationAuthority<RegistrationStores> certificationAuthority(
      Transactions<RegistrationStores> transactions, Journal journal, KeyPool keys) {
    InkanConfig.Pfx pfx = config.pfx();
    PfxSettings settings =
        new PfxSettings(
            PfxSettings.Profile.valueOf(pfx.profile().name()), pfx.iterations(), pfx.includeRoot());
    return new CertificationAuthority<>(
        new Ledger<>(transactions, journal),
        host,
        new SubscriberCertificates(issuingCa, keys, new SubscriberPfx(settings, host.random())),
        new IssuanceRules(policy(), clocks, KeyPolicy.BANK));
  }

  /** Makes operators' credentials. */
  OperatorCertificates<OperationStores> operatorCertificates(
      Transactions<OperationStores> transactions, Journal journal) {
    return new OperatorCertificates<>(
        new Ledger<>(transactions, journal),
        issuingCa,
        host,
        new KeyPairFactory(providers, host.random()),
        clocks);
  }

  RevocationAuthority<RegistrationStores> revocationAuthority(
      Transactions<RegistrationStores> transactions, Journal journal) {
    return new RevocationAuthority<>(new Ledger<>(transactions, journal), host.clock());
  }

  static X509Certificate parse(Der der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (CertificateException e) {
      throw new IllegalStateException("the key file's certificates were read a moment ago", e);
    }
  }
}
