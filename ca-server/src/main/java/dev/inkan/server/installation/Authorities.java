package dev.inkan.server.installation;

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
import dev.inkan.core.authority.TlsServerCertificates;
import dev.inkan.core.authority.UnfinishedWork;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.AuthorityStores;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.registration.RegistrationStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The issuing CAs that sign, as configuration and database describe them. */
public final class Authorities {

  private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);
  private static final Duration BACKDATING = Duration.ofMinutes(5);
  private static final Duration PREPARATION_TIMEOUT = Duration.ofMinutes(5);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final CryptoProviders providers;
  private final IssuerKeyPlaces places;
  private final Generations generations;
  private final List<SigningCa> signing;
  private final IssuingCa issuingCa;
  private final UnfinishedWork unfinished = new UnfinishedWork();

  private Authorities(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      IssuerKeyPlaces places,
      Generations generations,
      List<SigningCa> signing) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    this.providers = places.providers();
    this.places = places;
    this.generations = generations;
    this.signing = List.copyOf(signing);
    this.issuingCa = signing.get(0).issuingCa();
  }

  /** Opens the issuing keys, for a process whose clock must be right. */
  public static Authorities open(InkanConfig config, Host host, Storage storage) {
    CryptoProviders providers = CryptoProviders.fastest(host.random());
    IssuerKeyPlaces places = new IssuerKeyPlaces(config, providers, host.random());
    return open(config, host, ClockPolicy.BANK, storage, places);
  }

  /**
   * Opens the key of every issuing CA that signs: the one that issues at this moment and those
   * whose certificates are still to be answered for.
   *
   * @throws dev.inkan.core.key.KeyUnavailableException naming the place, if one is not there
   */
  static Authorities open(
      InkanConfig config, Host host, ClockPolicy clocks, Storage storage, IssuerKeyPlaces places) {
    Generations generations = storage.generations();
    List<SigningCa> signing = new ArrayList<>();
    for (Generation generation : generations.signing(host.clock().instant())) {
      signing.add(signing(config, host, places.providers(), generation, places.open(generation)));
    }
    return new Authorities(config, host, clocks, places, generations, signing);
  }

  private static SigningCa signing(
      InkanConfig config,
      Host host,
      CryptoProviders providers,
      Generation generation,
      IssuerKey key) {
    AuthorityUris uris = AuthorityUris.below(config.status().baseUrl(), generation.name().value());
    IssuingCa ca =
        new IssuingCa(
            generation.name(),
            key,
            uris,
            PolicyIdentifiers.below(config.authority().policyOid()),
            KeyPolicy.BANK,
            providers,
            host.random());
    return new SigningCa(generation, key, uris, ca);
  }

  /** The authority's own keys, in their places. */
  AuthorityKeys keys() {
    return places.keys();
  }

  /** Those of the issuing CAs and their responders. */
  public IssuerKeyPlaces places() {
    return places;
  }

  /** The installation's first issuing CA, which its journals are of. */
  public Fingerprint issuer() {
    return Fingerprint.of(first());
  }

  /** Its certificate. */
  Der first() {
    return generations
        .first()
        .certificate()
        .orElseGet(() -> signing.get(signing.size() - 1).certificate());
  }

  /** The certificate of the CA that issues first, the root's last, in DER. */
  public List<Der> certificates() {
    return issuing().chain();
  }

  /** The key of the CA that issues. */
  public IssuerKey issuing() {
    return signing.get(0).key();
  }

  /** Those that sign, the one that issues first. */
  public List<SigningCa> signing() {
    return signing;
  }

  /** The same, without what only those need that have the keys. */
  public List<Signer> signers() {
    return signing.stream().map(it -> new Signer(it.name(), it.certificate())).toList();
  }

  /** The CA of ours whose certificate stands next in {@code chain}; else the one that issues. */
  CaName issuerIn(List<Der> chain) {
    return signing.stream()
        .filter(it -> chain.size() > 1 && it.certificate().equals(chain.get(1)))
        .findFirst()
        .orElse(signing.get(0))
        .name();
  }

  /** What the database's absence left half done here. */
  public UnfinishedWork unfinished() {
    return unfinished;
  }

  /** Who signs. */
  public CryptoProviders providers() {
    return providers;
  }

  /** Writes into the log who makes keys and signatures; not early, as it tries out all of them. */
  public void tellProviders() {
    LOG.info("keys and signatures: {}", providers.describe());
  }

  /** The trust anchor. */
  public Der root() {
    return certificates().get(certificates().size() - 1);
  }

  /** The certificate of the CA that issues first, the root last. */
  public List<X509Certificate> chain() {
    return certificates().stream().map(Authorities::parse).toList();
  }

  /** Every issuing CA whose certificates count here, the one that issues first. */
  public List<X509Certificate> issuers() {
    return signing.stream().map(it -> parse(it.certificate())).toList();
  }

  /** These and the root, as browsers are told of them. */
  public List<X509Certificate> trusted() {
    List<X509Certificate> all = new ArrayList<>(issuers());
    all.add(parse(root()));
    return all;
  }

  AuditCertificates auditCertificates() {
    return new AuditCertificates(issuingCa, host, keys().audit().maker());
  }

  public OcspResponderCertificates responderCertificates(SigningCa ca) {
    return new OcspResponderCertificates(
        ca.issuingCa(), host, places.responder(ca.generation().number()).maker());
  }

  /** Certifies the responders of status nodes. */
  public StatusNodes statusNodes(Transactions<AuthorityStores> transactions) {
    Map<CaName, StatusNodes.Issuer> issuers = new HashMap<>();
    signing.forEach(
        ca ->
            issuers.put(
                ca.name(), new StatusNodes.Issuer(ca.certificate(), responderCertificates(ca))));
    return new StatusNodes(transactions, issuers, config.bank().name(), host);
  }

  public TlsServerCertificates webCertificates() {
    return new TlsServerCertificates(issuingCa, host, new KeyPairFactory(providers, host.random()));
  }

  public KeyPool keyPool() {
    InkanConfig.Authority authority = config.authority();
    return new KeyPool(
        KeyAlgorithm.valueOf(authority.subscriberKey().name()),
        authority.keyPoolSize(),
        new KeyPairFactory(providers, host.random()),
        e -> LOG.error("a subscriber key could not be made ahead: {}", e.getMessage()));
  }

  public IssuancePolicy policy() {
    return policy(config);
  }

  /** The bank's numbers, for which no key is needed. */
  public static IssuancePolicy policy(InkanConfig config) {
    InkanConfig.Certificate certificate = config.certificate();
    return new IssuancePolicy(
        certificate.validityDays(),
        certificate.renewalWindowDays(),
        config.bank().zone(),
        BACKDATING,
        PREPARATION_TIMEOUT);
  }

  public CertificationAuthority<RegistrationStores> certificationAuthority(
      Transactions<RegistrationStores> transactions, Journal journal, KeyPool keys) {
    InkanConfig.Pfx pfx = config.pfx();
    PfxSettings settings =
        new PfxSettings(
            PfxSettings.Profile.valueOf(pfx.profile().name()), pfx.iterations(), pfx.includeRoot());
    return new CertificationAuthority<>(
        new Ledger<>(transactions, journal, unfinished),
        host,
        new SubscriberCertificates(issuingCa, keys, new SubscriberPfx(settings, host.random())),
        new IssuanceRules(policy(), clocks, KeyPolicy.BANK));
  }

  /** Makes operators' credentials. */
  public OperatorCertificates<OperationStores> operatorCertificates(
      Transactions<OperationStores> transactions, Journal journal) {
    return new OperatorCertificates<>(
        new Ledger<>(transactions, journal, unfinished),
        issuingCa,
        host,
        new KeyPairFactory(providers, host.random()),
        clocks);
  }

  public RevocationAuthority<RegistrationStores> revocationAuthority(
      Transactions<RegistrationStores> transactions, Journal journal) {
    return new RevocationAuthority<>(new Ledger<>(transactions, journal, unfinished), host.clock());
  }

  public static X509Certificate parse(Der der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (CertificateException e) {
      throw new IllegalStateException("the key file's certificates were read a moment ago", e);
    }
  }

  /** The one certificate in a file, in PEM or DER. */
  public static Der certificateIn(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Der.copyOf(
          CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
    } catch (IOException | CertificateException e) {
      throw new RolloverException(file + " cannot be read as a certificate");
    }
  }
}
