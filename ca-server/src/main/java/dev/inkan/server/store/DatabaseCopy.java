package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of a database, in an H2 file that its owner alone can read, for whatever must not touch
 * the original. Closing it deletes it; closing again does nothing.
 */
public final class DatabaseCopy implements AutoCloseable {

  private static final int CONNECTIONS = 4;

  private final Path folder;
  private final Database database;
  private final Thread atShutdown;

  private DatabaseCopy(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
    this.atShutdown = new Thread(() -> delete(folder, database), "delete-copy");
    Runtime.getRuntime().addShutdownHook(atShutdown);
  }

  /**
   * Copies everything that {@code source} holds at this moment and changes nothing of it.
   *
   * @throws StoreUnavailableException if it cannot be read, or a server has the H2 file open
   * @throws SchemaVersionException if its schema is not the one this program works with
   */
  public static DatabaseCopy of(DatabaseSettings source) {
    try (Database original = Database.openToRead(source)) {
      return of(original);
    }
  }

  /**
   * As {@link #of(DatabaseSettings)}, of whatever earlier version its schema is: so is the copy's.
   *
   * @throws StoreUnavailableException if it cannot be read, or a server has the H2 file open
   * @throws SchemaVersionException if a newer program migrated it, or it has no tables
   */
  public static DatabaseCopy asItIs(DatabaseSettings source) {
    try (Database original = Database.openToCopy(source)) {
      return of(original);
    }
  }

  /**
   * Copies what an open database holds at this moment, while others go on writing it.
   *
   * @throws StoreUnavailableException if it cannot be read
   */
  public static DatabaseCopy of(Database original) {
    DatabaseCopy copy =
        empty(
            original
                .schemaVersion()
                .orElseThrow(
                    () -> new SchemaVersionException("the database has no tables: run 'init'")));
    try {
      Map<String, Long> unused =
          DatabaseTransfer.fill(original, copy.database, (table, rows) -> {});
      return copy;
    } catch (StoreUnavailableException e) {
      copy.close();
      throw noCopy(copy.folder, e);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private static StoreUnavailableException noCopy(Path folder, StoreUnavailableException why) {
    return new StoreUnavailableException(
        "the database cannot be copied into "
            + folder
            + ", where it needs room: "
            + why.getMessage(),
        why);
  }

  private static DatabaseCopy empty(String version) {
    Path folder = privateFolder();
    try {
      Path data = folder.resolve("inkan");
      return new DatabaseCopy(
          folder, Database.makeAsOf(DatabaseSettings.h2(data, CONNECTIONS), version));
    } catch (StoreUnavailableException e) {
      delete(folder);
      throw noCopy(folder, e);
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  public Database database() {
    return database;
  }

  Path folder() {
    return folder;
  }

  /** Closes the copy's database, so that its one file can be read until this is closed. */
  public Path file() {
    database.close();
    return folder.resolve("inkan.mv.db");
  }

  @Override
  public void close() {
    if (isShuttingDown()) {
      awaitDeletion(); // whoever pressed Ctrl-C need not hear that the copy is gone
    } else {
      delete(folder, database);
    }
  }

  private boolean isShuttingDown() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void awaitDeletion() {
    try {
      atShutdown.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder, Database database) {
    database.close();
    delete(folder);
  }

  private static Path privateFolder() {
    try {
      return Files.createTempDirectory(
          "inkan-copy-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot make a folder for the copy", e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("delete " + folder + ": it could not be deleted", e);
    }
  }
}
