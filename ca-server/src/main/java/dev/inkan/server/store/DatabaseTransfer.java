package dev.inkan.server.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Carries everything that one database holds into another, between H2 and PostgreSQL in any
 * direction, and holds each row against the original afterwards.
 */
public final class DatabaseTransfer {

  private DatabaseTransfer() {}

  /**
   * Fills the empty database {@code target}, whose schema is made, with what {@code source} holds
   * at one moment.
   *
   * @return how many rows of each table, all of them compared
   * @throws DatabaseTransferException if the target is not empty, or a row came out differently;
   *     the target is to be thrown away then
   * @throws dev.inkan.core.store.StoreUnavailableException if one of them cannot be reached
   * @throws SchemaVersionException if the source's schema is not the one this program works with
   */
  public static Map<String, Long> copy(DatabaseSettings source, DatabaseSettings target) {
    try (Database original = Database.openToRead(source);
        Database into = Database.openAndMigrate(target)) {
      requireEmpty(into, target);
      return fill(original, into);
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

  static Map<String, Long> fill(Database original, Database target) {
    List<String> tables = target.inTransaction(CopiedTables::inOrder);
    return original.inSnapshot(
        from -> {
          int unused = target.inTransaction(to -> CopiedTables.empty(to, tables));
          tables.forEach(
              table -> target.inTransaction(to -> new CopiedTable(table, to).copyFrom(from)));
          int ignored =
              target.inTransaction(to -> CopiedTables.sequences(from, to, original.isH2()));
          Map<String, Long> rows = new TreeMap<>();
          for (String table : tables) {
            rows.put(table, compare(table, from, target));
          }
          return rows;
        });
  }

  private static long compare(String table, Handle from, Database target) {
    return target.inTransaction(
        to -> {
          CopiedTable copied = new CopiedTable(table, to);
          TableDigest original = copied.digest(from);
          if (!original.isOfTheSameRows(copied.digest(to))) {
            throw new DatabaseTransferException(
                "table " + table + " is not the same after it was copied: nothing of it counts");
          }
          return original.rows();
        });
  }
}
