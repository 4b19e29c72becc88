package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.server.backup.BackupException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.service.Backups;
import dev.inkan.server.store.SchemaState;
import dev.inkan.server.store.SchemaUpgrade;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings the database schema up to date. */
@Command(
    name = "migrate",
    description = {
      "Brings the database schema up to date, whole or not at all. Safe to repeat. Stop the server"
          + " first; of several over PostgreSQL the others may go on: see docs/upgrade.md.",
      "An older program does not start with a newer schema: the way back is the backup that is made"
          + " before, in backup.folder or where --backup says."
    },
    mixinStandardHelpOptions = true)
public final class MigrateCommand implements Runnable {

  private static final double MILLIS = 1000.0;

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description = "The backup that is made before; needs --passphrase-file.")
  private @Nullable Path backup;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "A file with the backup's passphrase, readable by its owner alone.")
  private @Nullable Path passphraseFile;

  @Option(
      names = "--no-backup",
      description = "Makes none: you have one of the database as it stands now.")
  private boolean noBackup;

  public MigrateCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    if ((backup == null) != (passphraseFile == null) || (noBackup && backup != null)) {
      throw new ParameterException(
          spec.commandLine(), "--backup and --passphrase-file together, or --no-backup");
    }
    InkanConfig loaded = config.load();
    SchemaUpgrade upgrade = new SchemaUpgrade(Storage.settings(loaded));
    SchemaState before = upgrade.state();
    PrintWriter out = spec.commandLine().getOut();
    if (before.isCurrent()) {
      out.printf("The database schema is up to date: version %s.%n", before.newest());
      return;
    }
    Optional<Path> made =
        before.version().isPresent() && !noBackup
            ? Optional.of(backUp(loaded, before, out))
            : Optional.empty();
    out.flush();
    Instant begin = clock.instant();
    upgrade.run();
    out.printf(
        "The database schema is at version %s, from %s (%.1f s).%n",
        upgrade.state().newest(),
        before.version().orElse("none"),
        Duration.between(begin, clock.instant()).toMillis() / MILLIS);
    made.ifPresent(it -> out.println("The way back: the earlier program's restore, of " + it));
  }

  private Path backUp(InkanConfig loaded, SchemaState before, PrintWriter out) {
    Backups backups = new Backups(config.file(), loaded, new Host(clock, random, loaded.node()));
    Path file =
        Optional.ofNullable(backup)
            .or(() -> backups.fileBefore(before.newest()))
            .orElseThrow(() -> noWayBack(before));
    SecretFile passphrase =
        Optional.ofNullable(passphraseFile)
            .map(SecretFile::new)
            .or(() -> loaded.backup().passphraseFile())
            .orElseThrow(() -> noWayBack(before));
    backups.make(file, passphrase, out);
    return file;
  }

  private static BackupException noWayBack(SchemaState before) {
    return new BackupException(
        "the schema is to go from version "
            + before.version().orElse("none")
            + " to "
            + before.newest()
            + ", and there must be a way back: name a new file with --backup FILE and"
            + " --passphrase-file FILE, or set backup.folder, or say --no-backup if you have one."
            + " Nothing was changed.");
  }
}
