package dev.inkan.server.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of a backup where they belong, and overwrites none. A journal that survived is
 * kept if it went on from the backup's: what it knows and the backup does not, the next start puts
 * back into the ledger. For one thread.
 */
public final class Restoration {

  private static final String PUBLIC = "rw-r--r--";
  private static final String PRIVATE = "rw-------";

  private final OpenedBackup backup;
  private final Installation into;
  private final List<Path> put = new ArrayList<>();

  public Restoration(OpenedBackup backup, Installation into) {
    this.backup = backup;
    this.into = into;
  }

  /** What became of the journal. */
  public enum Journal {
    /** None was there. */
    FROM_BACKUP,
    /** The one that was there knows more, or the same. */
    KEPT
  }

  /**
   * Refuses what would overwrite something; a file that is the same already is in nobody's way.
   *
   * @throws BackupException naming every file that stands in the way
   */
  public void refuseExisting() {
    List<String> existing = new ArrayList<>();
    backup
        .files()
        .forEach(
            (name, file) -> {
              if (Installation.isOfKeys(name)) {
                into.placeOf(name)
                    .filter(place -> Files.exists(place) && !isSame(place, file))
                    .ifPresent(place -> existing.add(place.toString()));
              }
            });
    if (!existing.isEmpty()) {
      throw new BackupException(
          "a restore overwrites nothing, and these are there: "
              + String.join(", ", existing)
              + ". Move them away. Nothing was changed.");
    }
  }

  // Going back a version, the keys are where they were.
  private static boolean isSame(Path place, Path file) {
    try {
      return Files.isRegularFile(place) && Files.mismatch(place, file) == -1;
    } catch (IOException e) {
      throw new BackupException(
          place + " cannot be read (" + e.getMessage() + "). Nothing was changed.", e);
    }
  }

  /**
   * What is to become of the journal.
   *
   * @throws BackupException if the one that is there is not the same installation's
   */
  public Journal journal() {
    try {
      if (!Files.exists(into.journal()) || Files.size(into.journal()) == 0) {
        return Journal.FROM_BACKUP;
      }
      long mismatch = Files.mismatch(into.journal(), backup.journal());
      if (mismatch == -1 || mismatch >= Files.size(backup.journal())) {
        return Journal.KEPT;
      }
      throw new BackupException(
          "the journal "
              + into.journal()
              + " does not go on from the backup's: it is another server's, or shorter than it was."
              + " Move it away if it is to be given up. Nothing was changed.");
    } catch (IOException e) {
      throw new BackupException("the journal cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** As {@link #put()}, of the configuration alone, which says where everything else goes. */
  static boolean putConfiguration(OpenedBackup backup, Path target) {
    try {
      if (Files.exists(target)) {
        return false;
      }
      Files.copy(backup.configuration(), target);
      return true;
    } catch (IOException e) {
      throw new BackupException(target + " cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /** Puts keys, journal, CRLs and, where none is, the configuration in place. */
  public void put() {
    try {
      for (Map.Entry<String, Path> each : backup.files().entrySet()) {
        Optional<Path> place = into.placeOf(each.getKey());
        if (place.isPresent() && !Files.exists(place.get())) {
          put(each.getValue(), place.get());
        }
      }
      if (journal() == Journal.FROM_BACKUP) {
        Files.deleteIfExists(into.journal());
        put(backup.journal(), into.journal());
      }
    } catch (IOException e) {
      throw new BackupException(
          "a file could not be put in place (" + e.getMessage() + "). Nothing was restored.", e);
    }
  }

  /**
   * Takes away what {@link #put()} put in place, for a restore that could not go on.
   *
   * @return what could not be taken away
   */
  public List<Path> undo() {
    List<Path> left = new ArrayList<>();
    for (int i = put.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(put.get(i));
      } catch (IOException e) {
        left.add(put.get(i));
      }
    }
    return left;
  }

  private void put(Path from, Path place) throws IOException {
    Path folder = place.toAbsolutePath().getParent();
    make(folder);
    put.add(place);
    Files.copy(from, place);
    String name = place.getFileName().toString();
    boolean open = name.matches(".*\\.(cer|pem|txt|yaml|crl)");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(open ? PUBLIC : PRIVATE));
    try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void make(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      make(folder.getParent());
      put.add(
          Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }
  }
}
