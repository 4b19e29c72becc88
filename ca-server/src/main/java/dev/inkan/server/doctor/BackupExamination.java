package dev.inkan.server.doctor;

import dev.inkan.server.backup.BackupException;
import dev.inkan.server.backup.BackupFolder;
import dev.inkan.server.config.InkanConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the backups that are made by themselves are made. */
final class BackupExamination implements Examination {

  private static final String PART = "backup";
  private static final int MISSED = 2;
  private static final String WHY =
      "what happened since the newest backup may be lost with the disk";

  private final InkanConfig config;
  private final Instruments instruments;

  BackupExamination(InkanConfig config, Instruments instruments) {
    this.config = config;
    this.instruments = instruments;
  }

  @Override
  public List<Finding> examine() {
    Optional<Path> folder = config.backup().folder();
    if (folder.isEmpty()) {
      return List.of(Finding.ok(PART, "none are made by themselves: backup.folder is not set"));
    }
    try {
      return List.of(newest(folder.get(), new BackupFolder(folder.get()).newest()));
    } catch (BackupException e) {
      return List.of(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              WHY,
              "let the server's user read and write it"));
    }
  }

  private Finding newest(Path folder, Optional<Instant> newest) {
    if (newest.isEmpty()) {
      return Finding.warning(
          PART,
          "there is none in " + folder + " yet",
          WHY,
          "start the server: it makes one at once, or its log says why not");
    }
    Instant now = instruments.clock().instant();
    Duration age = Duration.between(newest.get(), now);
    String what = "the newest in " + folder + " is of " + newest.get();
    boolean old = age.compareTo(config.backup().every().multipliedBy(MISSED)) > 0;
    return old
        ? Finding.fault(
            PART,
            what + ", " + age.toHours() + " hours ago",
            WHY,
            "see in the server's log why the job backup fails: mostly the disk is full or away")
        : Finding.ok(PART, what);
  }
}
