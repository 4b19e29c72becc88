package dev.inkan.server.command;

import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.backup.BackupException;
import dev.inkan.server.backup.BackupManifest;
import dev.inkan.server.backup.OpenedBackup;
import dev.inkan.server.backup.Restoration;
import dev.inkan.server.backup.Restore;
import dev.inkan.server.backup.RevocationsOfCrl;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
public final class RestoreCommand implements Runnable {

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

  public RestoreCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    try (Passphrase passphrase = new SecretFile(passphraseFile).passphrase()) {
      if (check) {
        tell(OpenedBackup.check(file, passphrase, random));
      } else {
        restore(passphrase);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        check ? "Every octet is as it was made (%.1f s).%n" : "Restored in %.1f s. Now: serve%n",
        Duration.between(begin, clock.instant()).toMillis() / 1000.0);
  }

  private void restore(Passphrase passphrase) {
    try (OpenedBackup backup = OpenedBackup.open(file, passphrase, folderFor(), random)) {
      tell(backup.manifest());
      restore(backup);
    }
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
    RestoredPlace place = new RestoredPlace(config.file(), System.getenv(), clock, random);
    PrintWriter out = spec.commandLine().getOut();
    Restore.Report report =
        new Restore(place, CryptoProviders.fastest(random).forVerification(), clock)
            .from(backup, crls, out::println);
    out.println(
        report.journal() == Restoration.Journal.KEPT
            ? "The journal that was there goes on: the next start carries over what it knows."
            : "No journal was there: the backup's was put in place.");
    for (RevocationsOfCrl.Report each : report.crls()) {
      out.printf(
          "%d certificates are revoked by the CRL of %s, and %d that the backup did not know.%n",
          each.revoked(), each.crlOf(), each.unknown());
    }
    out.printf("%d rows are in the database, each compared.%n", report.rows());
  }
}
