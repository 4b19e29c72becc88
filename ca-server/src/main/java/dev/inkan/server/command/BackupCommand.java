package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.server.backup.BackupManifest;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.service.Backups;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
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
      "Over PostgreSQL the server may go on; with an H2 file it makes backups itself (backup.folder)"
          + " or is stopped for the time. The root's key is left out: it is kept apart."
    },
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Runnable {

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

  public BackupCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    InkanConfig loaded = config.load();
    PrintWriter out = spec.commandLine().getOut();
    BackupManifest unused =
        new Backups(config.file(), loaded, new Host(clock, random, loaded.node()))
            .make(file, new SecretFile(passphraseFile), out);
    out.println(
        "Keep it on another machine, and its passphrase in a third place. The way back: restore.");
  }
}
