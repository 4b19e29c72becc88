package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.backup.BackupException;
import dev.inkan.server.backup.BackupManifest;
import dev.inkan.server.backup.OpenedBackup;
import dev.inkan.server.backup.Restoration;
import dev.inkan.server.backup.RevocationsOfCrl;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.DatabaseTransfer;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.IssuingCaRegister;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an installation of a backup. */
@Command(
    name = "restore",
    description = {
      "Makes an installation of a backup, in an empty place: nothing is overwritten.",
      "Leave the journal where it is if it survived, and name every CRL that was published later, such"
          + " as a gateway's: a certificate that was revoked after the backup stays revoked then."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Runnable {

  private static final int CONNECTIONS = 4;
  private static final String H2_ENDING = ".mv.db";

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Option(
      names = "--passphrase-file",
      required = true,
      paramLabel = "FILE",
      description = "A file with the passphrase, readable by its owner alone.")
  private Path passphraseFile;

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description = "A CRL of the issuing CA, DER or PEM, published after the backup; repeatable.")
  private List<Path> crls = List.of();

  @Option(names = "--check", description = "Only opens the backup, checks every octet, and tells.")
  private boolean check;

  @Spec private CommandSpec spec;

  RestoreCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    try (Passphrase passphrase = new SecretFile(passphraseFile).passphrase();
        OpenedBackup backup = OpenedBackup.open(file, passphrase, folderFor(), random)) {
      tell(backup.manifest());
      if (!check) {
        restore(backup);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        check ? "Every octet is as it was made (%.1f s).%n" : "Restored in %.1f s. Now: serve%n",
        Duration.between(begin, clock.instant()).toMillis() / 1000.0);
  }

  // What is unpacked holds keys: it lies beside the configuration, not in a folder for all.
  private Path folderFor() {
    Path folder = config.file().toAbsolutePath().getParent();
    try {
      return folder == null ? Path.of("/") : Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BackupException(folder + " cannot be made (" + e.getMessage() + ")");
    }
  }

  private void tell(BackupManifest manifest) {
    spec.commandLine()
        .getOut()
        .printf(
            "A backup of %s, made at %s by Inkan %s, with %d files.%n",
            manifest.node(), manifest.madeAt(), manifest.program(), manifest.files().size());
  }

  private void restore(OpenedBackup backup) {
    Path target = config.file();
    if (!Files.exists(target)) {
      put(backup.configuration(), target);
    }
    InkanConfig planned = ConfigFile.loadForRestore(target, System.getenv());
    requireSameNode(backup.manifest(), planned);
    Restoration restoration = new Restoration(backup, InstallationFiles.of(target, planned));
    restoration.refuseExisting();
    Restoration.Journal journal = restoration.journal();
    List<LaterCrl> later;
    InkanConfig loaded;
    try {
      restoration.put();
      loaded = config.load();
      DatabaseSettings rows = rows(backup);
      later = read(issuers(rows, loaded));
      Map<String, Long> unused = DatabaseTransfer.copy(rows, Storage.settings(loaded));
    } catch (RuntimeException e) {
      restoration.undo();
      throw e;
    }
    spec.commandLine()
        .getOut()
        .println(
            journal == Restoration.Journal.KEPT
                ? "The journal that was there goes on: the next start carries over what it knows."
                : "No journal was there: the backup's was put in place.");
    unite(loaded, later);
  }

  private static void put(Path from, Path target) {
    try {
      Files.copy(from, target);
    } catch (IOException e) {
      throw new BackupException(target + " cannot be written (" + e.getMessage() + ")");
    }
  }

  // A journal is one server's: under another name it would be taken for another's.
  private static void requireSameNode(BackupManifest manifest, InkanConfig planned) {
    if (!manifest.node().equals(planned.node().value())) {
      throw new BackupException(
          "the backup is of "
              + manifest.node()
              + ", and the configuration's node is "
              + planned.node()
              + ". Set node: "
              + manifest.node()
              + ". Nothing was changed.");
    }
  }

  private static DatabaseSettings rows(OpenedBackup backup) {
    String file = backup.database().toString();
    return DatabaseSettings.h2(
        Path.of(file.substring(0, file.length() - H2_ENDING.length())), CONNECTIONS);
  }

  /** The keys that will sign are opened; the certificates of all that ever did are told. */
  private Map<CaName, X509Certificate> issuers(DatabaseSettings rows, InkanConfig loaded) {
    IssuerKeyPlaces keys = new IssuerKeyPlaces(loaded, CryptoProviders.fastest(random), random);
    Map<CaName, X509Certificate> issuers = new LinkedHashMap<>();
    // An older version's backup has an older schema.
    try (Database database = Database.openAndMigrate(rows)) {
      Generations all = new IssuingCaRegister(database).all();
      for (Generation ca : all.signing(clock.instant())) {
        issuers.put(ca.name(), Authorities.parse(keys.open(ca).certificate()));
      }
      for (Generation ca : all.all()) {
        ca.certificate().ifPresent(it -> issuers.put(ca.name(), Authorities.parse(it)));
      }
    }
    return issuers;
  }

  private void unite(InkanConfig loaded, List<LaterCrl> later) {
    if (later.isEmpty()) {
      return;
    }
    try (Storage storage = Storage.open(loaded, clock, random);
        FileJournal journal =
            new IssuingCas(
                    loaded, new Host(clock, random, loaded.node()), ClockPolicy.BANK, storage)
                .journal()) {
      RevocationsOfCrl revocations =
          new RevocationsOfCrl(storage.transactions(), journal, loaded.node(), clock);
      for (LaterCrl each : later) {
        X509CRL crl = each.crl();
        RevocationsOfCrl.Report report = revocations.unite(each.issuer(), crl);
        spec.commandLine()
            .getOut()
            .printf(
                "%d certificates are revoked by the CRL of %s, and %d that the backup did not know.%n",
                report.revoked(), crl.getThisUpdate().toInstant(), report.unknown());
      }
    }
  }

  /** A CRL and the CA that signed it. */
  private record LaterCrl(CaName issuer, X509CRL crl) {}

  private List<LaterCrl> read(Map<CaName, X509Certificate> issuers) {
    List<LaterCrl> read = new ArrayList<>();
    for (Path each : crls) {
      try (InputStream in = Files.newInputStream(each)) {
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
        CaName issuer =
            issuers.entrySet().stream()
                .filter(it -> isSignedBy(it.getValue(), crl))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new CRLException("signed by none of ours"));
        read.add(new LaterCrl(issuer, crl));
      } catch (IOException | GeneralSecurityException e) {
        throw new BackupException(
            each + " is no CRL of the backup's issuing CA. Nothing was restored.");
      }
    }
    return read;
  }

  private static boolean isSignedBy(X509Certificate issuer, X509CRL crl) {
    try {
      crl.verify(issuer.getPublicKey(), new BouncyCastleProvider());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
