package dev.inkan.server.service;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.backup.Backup;
import dev.inkan.server.backup.BackupException;
import dev.inkan.server.backup.BackupFolder;
import dev.inkan.server.backup.BackupManifest;
import dev.inkan.server.backup.ScheduledBackups;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.installation.InstallationFiles;
import dev.inkan.server.installation.IssuerKeyPlaces;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.installation.Version;
import dev.inkan.server.job.Job;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseCopy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The backups of one installation. */
public final class Backups {

  /** How soon a backup that failed is tried again; it is made when the newest is old enough. */
  private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

  private static final double MEBI = 1 << 20;
  private static final double MILLIS = 1000.0;

  private final Path file;
  private final InkanConfig config;
  private final Host host;

  /**
   * @param file the configuration file, which is in each backup
   */
  public Backups(Path file, InkanConfig config, Host host) {
    this.file = file;
    this.config = config;
    this.host = host;
  }

  /** Makes one of an installation whose server, if it has an H2 file, is stopped; and says so. */
  public BackupManifest make(Path into, SecretFile passphraseFile, PrintWriter out) {
    Instant begin = host.clock().instant();
    // Opened, so that a backup never holds a key that its passphrase does not open.
    IssuerKeyPlaces keys =
        new IssuerKeyPlaces(config, CryptoProviders.fastest(host.random()), host.random());
    Fingerprint issuer = Fingerprint.of(keys.openAll().get(0).certificate());
    out.println("Copying the database, comparing each row; then journal and keys ...");
    out.flush();
    try (var passphrase = passphraseFile.passphrase()) {
      BackupManifest made =
          backup(issuer)
              .make(into, passphrase, () -> DatabaseCopy.asItIs(Storage.settings(config)));
      long octets = made.files().stream().mapToLong(BackupManifest.Content::octets).sum();
      out.printf(
          "%d files, %.1f MiB, are in %s, and were read back from there (%.1f s).%n",
          made.files().size(),
          octets / MEBI,
          into,
          Duration.between(begin, host.clock().instant()).toMillis() / MILLIS);
      return made;
    } catch (StoreUnavailableException e) {
      throw Database.isInUse(e) ? whileItRuns(e) : e;
    }
  }

  private static BackupException whileItRuns(StoreUnavailableException why) {
    String message = String.valueOf(why.getMessage());
    return new BackupException(
        message.substring(0, message.indexOf(": "))
            + ". A running server makes its backups itself: set backup.folder and"
            + " backup.passphrase-file and start it again. Or stop it for the time. No backup was"
            + " made.");
  }

  private Backup backup(Fingerprint issuer) {
    return new Backup(
        InstallationFiles.of(file, config),
        new Backup.Origin(config.node(), issuer, Version.number()),
        host.clock(),
        host.random());
  }

  /** Where they go that are made by themselves. */
  static Optional<BackupFolder> folder(InkanConfig config) {
    return config.backup().folder().map(BackupFolder::new);
  }

  /** Where one goes that is made before the schema changes; it is never deleted by itself. */
  public Optional<Path> fileBefore(String newest) {
    return folder(config)
        .map(it -> it.fileOf("before-schema-" + newest, config.node(), host.clock().instant()));
  }

  /** Makes them beside the server that has the database open, if they are wanted. */
  public Job job(Storage storage, Fingerprint issuer) {
    Runnable work =
        folder(config)
            .<Runnable>map(
                folder ->
                    new ScheduledBackups(
                        folder,
                        new ScheduledBackups.Plan(
                            config.node(), config.backup().every(), config.backup().keep()),
                        backup(issuer),
                        () -> config.backup().passphraseFile().orElseThrow().passphrase(),
                        () -> DatabaseCopy.of(storage.database()),
                        host.clock()))
            .orElse(() -> {});
    return new Job("backup", LOOK_EVERY, work);
  }
}
