package dev.inkan.server;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.backup.Backup;
import dev.inkan.server.backup.BackupManifest;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.store.DatabaseCopy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a backup. */
@Command(
    name = "backup",
    description = {
      "Writes database, journal, keys, CRLs and configuration into one new file, which only the"
          + " passphrase opens. Changes nothing.",
      "Over PostgreSQL the server may go on; an H2 file needs it stopped for the time. The root's"
          + " key is left out: it is kept apart."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "The new file, such as inkan-2026-11-23.backup.")
  private Path file;

  @Option(
      names = "--passphrase-file",
      required = true,
      paramLabel = "FILE",
      description =
          "A file with the passphrase, readable by its owner alone. Keep another copy"
              + " where the backup is not.")
  private Path passphraseFile;

  @Spec private CommandSpec spec;

  BackupCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    InkanConfig loaded = config.load();
    // Opened, so that a backup never holds a key that its passphrase does not open.
    IssuerKeyPlaces keys = new IssuerKeyPlaces(loaded, CryptoProviders.fastest(random), random);
    Fingerprint issuer = Fingerprint.of(keys.openAll().get(0).certificate());
    BackupManifest made;
    try (Passphrase passphrase = new SecretFile(passphraseFile).passphrase()) {
      made =
          new Backup(
                  InstallationFiles.of(config.file(), loaded),
                  new Backup.Origin(loaded.node(), issuer, Version.number()),
                  clock,
                  random)
              .make(file, passphrase, () -> DatabaseCopy.of(Storage.settings(loaded)));
    }
    PrintWriter out = spec.commandLine().getOut();
    long octets = made.files().stream().mapToLong(BackupManifest.Content::octets).sum();
    out.printf(
        "%d files, %.1f MiB, are in %s (%.1f s).%n",
        made.files().size(),
        octets / 1048576.0,
        file,
        Duration.between(begin, clock.instant()).toMillis() / 1000.0);
    out.println("Try it: restore --check " + file);
  }
}
