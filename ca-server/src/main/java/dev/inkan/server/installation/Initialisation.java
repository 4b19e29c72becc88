package dev.inkan.server.installation;

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
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.key.KeyFolder;
import dev.inkan.server.key.SharePlan;
import dev.inkan.server.key.Terminal;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first act of an installation: makes the root, the issuing CA, the web listener's certificate,
 * the installation's secret, the database and the journal. Overwrites nothing.
 */
public final class Initialisation {

  private static final Logger LOG = LoggerFactory.getLogger(Initialisation.class);

  private final InkanConfig config;
  private final Host host;
  private final SharePlan plan;
  private final KeyFolder files;

  public Initialisation(InkanConfig config, Host host) {
    this(config, host, SharePlan.STANDARD);
  }

  public Initialisation(InkanConfig config, Host host, SharePlan plan) {
    this.config = config;
    this.host = host;
    this.plan = plan;
    this.files = new KeyFolder(host.random());
  }

  /**
   * Makes everything.
   *
   * @return the transcript of the ceremony, and where things lie
   * @throws InitialisationException if something is there already, or cannot be written
   */
  public List<String> run() {
    InkanConfig.Authority authority = config.authority();
    Path folder = KeyFolder.of(config);
    CryptoProviders providers = CryptoProviders.fastest(host.random());
    AuthorityKeys places =
        new AuthorityKeys(config, providers, host.random(), Terminal.ofThisProcess(), plan);
    files.refuseExisting(
        authority.rootCertificateFile(),
        config.web().tls().keyFile(),
        config.journal().file(),
        OperatorFiles.keyFile(config, OperatorFiles.FIRST),
        OperatorFiles.passphraseFile(config, OperatorFiles.FIRST));
    List.of(places.root(), places.issuing(), places.audit(), places.responder())
        .forEach(AuthorityKey::refuseExisting);
    CeremonyPlan plan = plan();
    CeremonyResult made =
        new Ceremony(host, providers, places.root().maker(), places.issuing().maker())
            .perform(plan);
    IssuingCa issuingCa = issuing(plan, made, providers);
    CertifiedKey tls = tls(issuingCa, providers);
    CertifiedKey audit =
        new AuditCertificates(issuingCa, host, places.audit().maker()).make(config.bank().name());
    CertifiedKey responder =
        new OcspResponderCertificates(issuingCa, host, places.responder().maker())
            .make(config.bank().name());

    // First what a wrong path or database would break: a half-made installation has no keys then.
    Database.openAndMigrate(Storage.settings(config)).close();
    files.makeFolderOf(config.journal().file());
    openJournal(Fingerprint.of(made.issuing().credential().certificate())).close();
    writeSecret();
    Credential root = places.root().keep(made.root().credential());
    List<Credential> unused =
        List.of(
            places.issuing().keep(made.issuing().credential()),
            places.audit().keep(audit.credential()),
            places.responder().keep(responder.credential()));
    InkanConfig.Tls web = config.web().tls();
    files.writeKey(web.keyFile(), web.passphraseFile(), tls.credential());
    files.writePublic(
        authority.rootCertificateFile(),
        Pem.certificates(List.of(made.root().credential().certificate())));
    files.writePublic(
        folder.resolve("chain.pem"), Pem.certificates(made.issuing().credential().chain()));
    record(List.of(made.root(), made.issuing(), tls, responder, audit), root, providers);
    new OperatorFiles(config, host).make(OperatorFiles.FIRST, OperatorFiles.AT_THE_CEREMONY);
    List<String> transcript = transcript(made, folder);
    files.writePublic(folder.resolve("ceremony.txt"), String.join("\n", transcript) + "\n");
    return transcript;
  }

  private CeremonyPlan plan() {
    String bank = config.bank().name();
    return new CeremonyPlan(
        bank,
        bank + " Root CA",
        bank + " Issuing CA 1",
        KeyAlgorithm.P_384,
        CeremonyPlan.Publication.below(config.status().baseUrl(), CaName.ISSUING.value()),
        PolicyIdentifiers.below(config.authority().policyOid()));
  }

  private IssuingCa issuing(CeremonyPlan plan, CeremonyResult made, CryptoProviders providers) {
    return new IssuingCa(
        CaName.ISSUING,
        made.issuing().credential(),
        plan.publication().issuing(),
        plan.policies(),
        KeyPolicy.BANK,
        providers,
        host.random());
  }

  private CertifiedKey tls(IssuingCa issuing, CryptoProviders providers) {
    return WebKey.make(
        config,
        new TlsServerCertificates(issuing, host, new KeyPairFactory(providers, host.random())));
  }

  private void writeSecret() {
    byte[] secret = new byte[InstallationSecret.OCTETS];
    host.random().nextBytes(secret);
    byte[] text = Base64.getEncoder().encode(secret);
    try {
      files.writeOwnerOnly(config.secrets().serverKeyFile().path(), text);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The ledger's first entries; the journal; and the root's CRL, while its key is here. */
  private void record(List<CertifiedKey> certified, Credential root, CryptoProviders providers) {
    Credential issuing = certified.get(1).credential();
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
      Boolean unusedToo =
          storage
              .authority()
              .inTransaction(
                  stores -> {
                    stores.issuingCas().adopt(CaName.ROOT, root.certificate());
                    stores.issuingCas().adopt(CaName.ISSUING, issuing.certificate());
                    return true;
                  });
      CrlNumber signed =
          new Crls(config, host, storage, journal, providers)
              .signRoots(root, OperatorFiles.AT_THE_CEREMONY);
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

  private Optional<Path> rootPassphrase() {
    InkanConfig.Authority authority = config.authority();
    return authority
        .rootPassphraseFile()
        .file()
        .map(SecretFile::path)
        .filter(file -> authority.rootKeyFile().file().isPresent());
  }

  private List<String> farewell() {
    return config.authority().rootKeyFile().file().isPresent()
        ? List.of(
            "Next: copy the root key and its passphrase to two places that are not this machine,",
            "and delete both files here. The server needs neither.")
        : List.of(
            "Next: make the token's backup as its maker says. The root's key is in the token and",
            "signs nothing but the root's CRL: see docs/hsm.md.");
  }

  private List<String> transcript(CeremonyResult made, Path folder) {
    List<String> lines = new ArrayList<>(made.transcript());
    lines.add("");
    lines.add("Written");
    lines.add("  trust anchor     " + config.authority().rootCertificateFile());
    lines.add("  chain            " + folder.resolve("chain.pem"));
    lines.add("  issuing key      " + config.authority().issuingKeyFile());
    lines.add("  root key         " + config.authority().rootKeyFile());
    rootPassphrase().ifPresent(file -> lines.add("  root passphrase  " + file));
    lines.add("  first operator   " + OperatorFiles.keyFile(config, OperatorFiles.FIRST));
    lines.add("  its passphrase   " + OperatorFiles.passphraseFile(config, OperatorFiles.FIRST));
    lines.add("");
    lines.addAll(farewell());
    lines.add(
        "Then move the first operator's credential and its passphrase to the administrator's PC,");
    lines.add("by two ways, and delete both here as well.");
    return lines;
  }
}
