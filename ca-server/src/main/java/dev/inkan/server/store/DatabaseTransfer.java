package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Carries everything that one database holds into another, between H2 and PostgreSQL in any
 * direction, and holds each row against the original afterwards.
 */
public final class DatabaseTransfer {

  private static final String UNFINISHED = "-unfinished";

  private DatabaseTransfer() {}

  /** Is told how it goes on. */
  @FunctionalInterface
  public interface Progress {

    /**
     * One more table is there.
     *
     * @param rows all compared
     */
    void copied(String table, long rows);
  }

  /**
   * Fills the empty database {@code target} with what {@code source} holds at one moment, whole or
   * not at all: until the end the target is as it was.
   *
   * @return how many rows of each table, all of them compared
   * @throws DatabaseTransferException if the target is not empty, or a row came out differently
   * @throws StoreUnavailableException if one of them cannot be reached or written
   * @throws SchemaVersionException if the source's schema is not the one this program works with
   */
  public static Map<String, Long> copy(
      DatabaseSettings source, DatabaseSettings target, Progress progress) {
    requireNoneOfAnother(target);
    try (Database original = Database.openToRead(source)) {
      return target.isH2()
          ? intoFile(original, target, progress)
          : intoServer(original, target, progress);
    }
  }

  // It would be brought up to date before it is found to be in use.
  private static void requireNoneOfAnother(DatabaseSettings target) {
    SchemaState state = new SchemaUpgrade(target).state();
    if (state.version().isPresent() && !state.isCurrent()) {
      throw new DatabaseTransferException(
          "the database "
              + target.url()
              + " has tables of version "
              + state.version().get()
              + ": name an empty one. Nothing of it was changed");
    }
  }

  private static Map<String, Long> intoServer(
      Database original, DatabaseSettings target, Progress progress) {
    try (Database into = Database.openAndMigrate(target)) {
      requireEmpty(into, target);
      return fill(original, into, progress);
    }
  }

  /** H2 commits whenever a sequence is set: so it is another file that is filled, and moved. */
  private static Map<String, Long> intoFile(
      Database original, DatabaseSettings target, Progress progress) {
    Path file = target.h2DataFile();
    if (Files.exists(file)) {
      try (Database existing = Database.openAndMigrate(target)) {
        requireEmpty(existing, target);
      }
    }
    DatabaseSettings beside = target.beside(UNFINISHED);
    Path unfinished = beside.h2DataFile();
    try {
      Files.deleteIfExists(unfinished);
      Map<String, Long> rows;
      try (Database into = Database.openAndMigrate(beside)) {
        rows = fill(original, into, progress);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return rows;
    } catch (IOException e) {
      throw new StoreUnavailableException(file + " cannot be written", e);
    } finally {
      deleteIfLeft(unfinished);
    }
  }

  private static void deleteIfLeft(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreUnavailableException("delete " + file + ": it could not be deleted", e);
    }
  }

  private static void requireEmpty(Database database, DatabaseSettings settings) {
    long events =
        database.inTransaction(
            handle ->
                handle
                    .createQuery(
                        "SELECT (SELECT COUNT(*) FROM audit_event)"
                            + " + (SELECT COUNT(*) FROM certificate)"
                            + " + (SELECT COUNT(*) FROM organisation)")
                    .map((row, context) -> row.getLong(1))
                    .one());
    if (events > 0) {
      throw new DatabaseTransferException(
          "the database "
              + settings.url()
              + " is in use already: name an empty one. Nothing of it was changed");
    }
  }

  static Map<String, Long> fill(Database original, Database target, Progress progress) {
    return original.inSnapshot(
        from ->
            target.inTransaction(
                to -> {
                  List<String> tables = CopiedTables.inOrder(to);
                  int unused = CopiedTables.empty(to, tables);
                  Map<String, Long> rows = new TreeMap<>();
                  for (String table : tables) {
                    rows.put(table, copied(table, from, to));
                    progress.copied(table, rows.get(table));
                  }
                  int ignored = CopiedTables.sequences(from, to, original.isH2());
                  return rows;
                }));
  }

  private static long copied(String table, Handle from, Handle to) {
    CopiedTable copied = new CopiedTable(table, to);
    int unused = copied.copyFrom(from);
    TableDigest original = copied.digest(from);
    if (!original.isOfTheSameRows(copied.digest(to))) {
      throw new DatabaseTransferException(
          "table " + table + " is not the same after it was copied: nothing of it counts");
    }
    return original.rows();
  }
}
