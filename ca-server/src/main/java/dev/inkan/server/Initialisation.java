package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.AuditCertificates;
import dev.inkan.core.authority.Ceremony;
import dev.inkan.core.authority.CeremonyPlan;
import dev.inkan.core.authority.CeremonyResult;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.authority.TlsServerCertificates;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.server.config.AuditConfig;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.InstallationSecret;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first act of an installation: makes the root, the issuing CA, the web listener's certificate,
 * the installation's secret, the database and the journal. Overwrites nothing.
 */
final class Initialisation {

  private static final Logger LOG = LoggerFactory.getLogger(Initialisation.class);
  private static final int TLS_DAYS = 397;

  private final InkanConfig config;
  private final Host host;
  private final KeyFolder keys;

  Initialisation(InkanConfig config, Host host) {
    this.config = config;
    this.host = host;
    this.keys = new KeyFolder(host.random());
  }

  /**
   * Makes everything.
   *
   * @return the transcript of the ceremony, and where things lie
   * @throws InitialisationException if something is there already, or cannot be written
   */
  List<String> run() {
    InkanConfig.Authority authority = config.authority();
    Path folder = folderOf(authority.issuingKeyFile());
    keys.refuseExisting(
        authority.issuingKeyFile(),
        authority.rootCertificateFile(),
        config.web().tls().keyFile(),
        config.audit().keyFile(),
        config.status().responderKeyFile(),
        config.journal().file(),
        folder.resolve("root.p12"),
        OperatorFiles.keyFile(config, OperatorFiles.FIRST),
        OperatorFiles.passphraseFile(config, OperatorFiles.FIRST));
    CryptoProviders providers = CryptoProviders.fastest(host.random());
    CeremonyPlan plan = plan();
    CeremonyResult made = new Ceremony(host, providers).perform(plan);
    IssuingCa issuingCa = issuing(plan, made, providers);
    CertifiedKey tls = tls(issuingCa, providers);
    CertifiedKey audit = audit(issuingCa, providers);
    CertifiedKey responder = responder(issuingCa, providers);

    // First what a wrong path or database would break: a half-made installation has no keys then.
    Database.openAndMigrate(Storage.settings(config)).close();
    keys.makeFolderOf(config.journal().file());
    openJournal(Fingerprint.of(made.issuing().credential().certificate())).close();
    writeSecret();
    Path rootPassphrase = folder.resolve("root.passphrase");
    keys.writeKey(folder.resolve("root.p12"), rootPassphrase, made.root().credential());
    Path issuingPassphrase = authority.issuingPassphraseFile().path();
    keys.writeKey(authority.issuingKeyFile(), issuingPassphrase, made.issuing().credential());
    InkanConfig.Tls web = config.web().tls();
    keys.writeKey(web.keyFile(), web.passphraseFile().path(), tls.credential());
    AuditConfig auditKey = config.audit();
    keys.writeKey(auditKey.keyFile(), auditKey.passphraseFile().path(), audit.credential());
    InkanConfig.Status status = config.status();
    keys.writeKey(
        status.responderKeyFile(), status.responderPassphraseFile().path(), responder.credential());
    keys.writePublic(
        authority.rootCertificateFile(),
        Pem.certificates(List.of(made.root().credential().certificate())));
    keys.writePublic(
        folder.resolve("chain.pem"), Pem.certificates(made.issuing().credential().chain()));
    record(List.of(made.root(), made.issuing(), tls, responder, audit), made, providers);
    new OperatorFiles(config, host).make(OperatorFiles.FIRST);
    List<String> transcript = transcript(made, folder);
    keys.writePublic(folder.resolve("ceremony.txt"), String.join("\n", transcript) + "\n");
    return transcript;
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private CeremonyPlan plan() {
    String bank = config.bank().name();
    return new CeremonyPlan(
        bank,
        bank + " Root CA",
        bank + " Issuing CA 1",
        KeyAlgorithm.P_384,
        CeremonyPlan.Publication.below(config.status().baseUrl(), Authorities.ISSUING_NAME),
        PolicyIdentifiers.below(config.authority().policyOid()));
  }

  private IssuingCa issuing(CeremonyPlan plan, CeremonyResult made, CryptoProviders providers) {
    return new IssuingCa(
        made.issuing().credential(),
        plan.publication().issuing(),
        plan.policies(),
        KeyPolicy.BANK,
        providers,
        host.random());
  }

  private CertifiedKey audit(IssuingCa issuing, CryptoProviders providers) {
    return new AuditCertificates(issuing, host, new KeyPairFactory(providers, host.random()))
        .make(config.bank().name());
  }

  private CertifiedKey responder(IssuingCa issuing, CryptoProviders providers) {
    return new OcspResponderCertificates(
            issuing, host, new KeyPairFactory(providers, host.random()))
        .make(config.bank().name());
  }

  private CertifiedKey tls(IssuingCa issuing, CryptoProviders providers) {
    return new TlsServerCertificates(issuing, host, new KeyPairFactory(providers, host.random()))
        .make(config.bank().name(), serverNames(), KeyAlgorithm.P_256, TLS_DAYS);
  }

  /** The public name, and the loopback's for whoever stands at the machine. */
  private List<SubjectAlternativeName> serverNames() {
    Set<String> names = new LinkedHashSet<>();
    names.add(config.web().publicUrl().getHost());
    names.add("localhost");
    names.add("127.0.0.1");
    List<SubjectAlternativeName> alternatives = new ArrayList<>();
    names.forEach(name -> alternatives.add(SubjectAlternativeName.parse(name)));
    return alternatives;
  }

  private void writeSecret() {
    byte[] secret = new byte[InstallationSecret.OCTETS];
    host.random().nextBytes(secret);
    byte[] text = Base64.getEncoder().encode(secret);
    try {
      keys.writeOwnerOnly(config.secrets().serverKeyFile().path(), text);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The ledger's first entries; the journal; and the root's CRL, while its key is here. */
  private void record(
      List<CertifiedKey> certified, CeremonyResult made, CryptoProviders providers) {
    Credential issuing = made.issuing().credential();
    try (Storage storage = Storage.open(config, host.clock(), host.random());
        FileJournal journal = openJournal(Fingerprint.of(issuing.certificate()))) {
      Boolean unused =
          storage
              .transactions()
              .inTransaction(
                  stores -> {
                    certified.forEach(it -> record(stores, it));
                    return true;
                  });
      CrlNumber signed =
          new Crls(config, host, storage, journal, providers)
              .signRoots(made.root().credential(), OperatorFiles.AT_THE_CEREMONY);
      LOG.info("CRL {} of the root is signed", signed);
    }
  }

  private FileJournal openJournal(Fingerprint issuer) {
    return FileJournal.open(config.journal().file(), host.node(), issuer);
  }

  private void record(RegistrationStores stores, CertifiedKey made) {
    stores.certificates().restore(made.entry(), made.credential().certificate());
    stores
        .audit()
        .append(
            new AuditEvent(
                host.clock().instant(),
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                AuditAction.AUTHORITY_CREATED,
                Optional.of(made.entry().subscriber()),
                Optional.of(made.entry().serialNumber()),
                made.entry().kind().name()));
  }

  private List<String> transcript(CeremonyResult made, Path folder) {
    List<String> lines = new ArrayList<>(made.transcript());
    lines.add("");
    lines.add("Written");
    lines.add("  trust anchor     " + config.authority().rootCertificateFile());
    lines.add("  chain            " + folder.resolve("chain.pem"));
    lines.add("  issuing key      " + config.authority().issuingKeyFile());
    lines.add("  root key         " + folder.resolve("root.p12"));
    lines.add("  root passphrase  " + folder.resolve("root.passphrase"));
    lines.add("  first operator   " + OperatorFiles.keyFile(config, OperatorFiles.FIRST));
    lines.add("  its passphrase   " + OperatorFiles.passphraseFile(config, OperatorFiles.FIRST));
    lines.add("");
    lines.add(
        "Next: copy the root key and its passphrase to two places that are not this machine,");
    lines.add("and delete both files here. The server needs neither.");
    lines.add(
        "Then move the first operator's credential and its passphrase to the administrator's PC,");
    lines.add("by two ways, and delete both here as well.");
    return lines;
  }
}
