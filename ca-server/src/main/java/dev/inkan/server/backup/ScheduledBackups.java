package dev.inkan.server.backup;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.store.DatabaseCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup beside a running server as soon as the newest is old enough, and takes away the
 * oldest once there is a newer one. For one thread at a time.
 */
public final class ScheduledBackups implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledBackups.class);
  private static final double MEBI = 1 << 20;
  private static final double MILLIS = 1000.0;

  private final BackupFolder folder;
  private final Plan plan;
  private final Backup backup;
  private final Supplier<Passphrase> passphrase;
  private final Supplier<DatabaseCopy> database;
  private final Clock clock;

  /**
   * How often and how many.
   *
   * @param every the age of the newest at which the next is made
   * @param keep how many of this server's are kept
   */
  public record Plan(NodeName node, Duration every, int keep) {}

  /**
   * @param passphrase closed after each use
   * @param database copies the open database, and is closed
   */
  public ScheduledBackups(
      BackupFolder folder,
      Plan plan,
      Backup backup,
      Supplier<Passphrase> passphrase,
      Supplier<DatabaseCopy> database,
      Clock clock) {
    this.folder = folder;
    this.plan = plan;
    this.backup = backup;
    this.passphrase = passphrase;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes one if it is time.
   *
   * @throws BackupException if that failed: what was there is there still
   */
  @Override
  public void run() {
    Instant begin = clock.instant();
    Optional<Instant> newest = folder.newest();
    if (newest.filter(it -> begin.isBefore(it.plus(plan.every()))).isPresent()) {
      return;
    }
    try {
      Files.createDirectories(
          folder.path(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (Path left : folder.unfinished(plan.node())) {
        Files.delete(left);
      }
      Path file = folder.fileOf(plan.node(), begin);
      BackupManifest made;
      try (Passphrase opener = passphrase.get()) {
        made = backup.make(file, opener, database);
      }
      LOG.info(
          "backup {}: {} files, {} MiB, read back ({} s)",
          file,
          made.files().size(),
          Math.round(10 * Files.size(file) / MEBI) / 10.0,
          Duration.between(begin, clock.instant()).toMillis() / MILLIS);
      prune();
    } catch (IOException e) {
      throw new BackupException(
          "the folder " + folder.path() + " cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private void prune() throws IOException {
    List<Path> ours = folder.of(plan.node());
    for (Path old : ours.subList(0, Math.max(0, ours.size() - plan.keep()))) {
      Files.delete(old);
      LOG.info("backup {} deleted: {} newer ones are there", old, plan.keep());
    }
  }
}
