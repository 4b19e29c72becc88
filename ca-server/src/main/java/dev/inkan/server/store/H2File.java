package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Jdbi;

/**
 * What an H2 file needs before it may hold a ledger. H2's defaults lose acknowledged commits when
 * the process dies, and so does the version after the tested one whatever its settings.
 */
final class H2File {

  /** The version that lost nothing in the kill table. */
  private static final String TESTED_VERSION = "2.4.240";

  /** Milliseconds, as H2 wants them. */
  private static final Map<String, String> DURABLE =
      Map.of("WRITE_DELAY", "0", "RETENTION_TIME", "5000");

  /** No trace beside the file: H2 would write there, for others to read, what was refused. */
  static final String OPTIONS =
      ";WRITE_DELAY=0;RETENTION_TIME=5000;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE"
          + ";TRACE_LEVEL_FILE=0";

  /** Nothing is written: neither data nor housekeeping nor a trace beside it. */
  static final String READING =
      ";ACCESS_MODE_DATA=r;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE";

  /** A file that vanished under a running server must not come back empty. */
  static final String EXISTING = ";IFEXISTS=TRUE";

  private static final String SETTINGS =
      """
      SELECT DISTINCT setting_name, setting_value FROM information_schema.settings
      WHERE setting_name IN ('WRITE_DELAY', 'RETENTION_TIME')
      """;

  private static final String IN_USE = Integer.toString(ErrorCode.DATABASE_ALREADY_OPEN_1);

  private H2File() {}

  static boolean isInUse(SqlFailure failure) {
    return failure.state().equals(IN_USE);
  }

  /** Asks a database in memory, so that a wrong version never touches the file. */
  static void requireTestedVersion() {
    try (Connection memory = DriverManager.getConnection("jdbc:h2:mem:")) {
      requireTested(memory.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new StoreUnavailableException("H2 does not run", e);
    }
  }

  static void requireTested(String version) {
    if (!version.equals(TESTED_VERSION) && !version.startsWith(TESTED_VERSION + " ")) {
      throw new IllegalStateException(
          "H2 "
              + version
              + " has not been shown to keep every commit: put h2-"
              + TESTED_VERSION
              + ".jar in its place");
    }
  }

  static void requireExisting(Path dataFile) {
    if (!Files.exists(dataFile)) {
      throw new StoreUnavailableException(
          "there is no database at "
              + dataFile
              + ": run the 'init' command, or correct the database URL",
          new FileNotFoundException(dataFile.toString()));
    }
  }

  static void createDirectory(Path dataFile) {
    try {
      Path directory = dataFile.getParent();
      if (directory != null && !Files.exists(directory)) {
        Files.createDirectories(directory);
        setPermissions(directory, "rwx------");
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot make the directory of " + dataFile, e);
    }
  }

  static void closeToOthers(Path dataFile) {
    try {
      setPermissions(dataFile, "rw-------");
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot keep others from reading " + dataFile, e);
    }
  }

  private static void setPermissions(Path path, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  static void requireDurableSettings(Jdbi jdbi) {
    Map<String, String> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(SETTINGS)
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!found.equals(DURABLE)) {
      throw new IllegalStateException(
          "H2 runs with " + found + " instead of " + DURABLE + " and would lose commits");
    }
  }
}
