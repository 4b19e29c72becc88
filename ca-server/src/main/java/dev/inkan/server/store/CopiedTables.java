package dev.inkan.server.store;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Which tables a copy takes, in which order, and where its sequences go on. */
final class CopiedTables {

  /** The copy has its own history of migrations, and nobody runs its timetable. */
  private static final Set<String> LEFT_OUT = Set.of("FLYWAY_SCHEMA_HISTORY", "SCHEDULED_TASKS");

  private static final String TABLES =
      """
      SELECT table_name FROM information_schema.tables
      WHERE UPPER(table_schema) = 'PUBLIC' AND table_type = 'BASE TABLE'
      """;

  private static final String SEQUENCES =
      """
      SELECT sequence_name FROM information_schema.sequences
      WHERE UPPER(sequence_schema) = 'PUBLIC'
      """;

  private static final String H2_NEXT =
      """
      SELECT base_value FROM information_schema.sequences
      WHERE UPPER(sequence_name) = UPPER('%s')
      """;

  private static final String POSTGRESQL_NEXT =
      """
      SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM %s
      """;

  private CopiedTables() {}

  /** The copy's tables, each after those that its foreign keys lead to. */
  static List<String> inOrder(Handle copy) {
    Map<String, Set<String>> waiting = new TreeMap<>();
    try {
      for (String table : names(copy, TABLES)) {
        if (!LEFT_OUT.contains(table.toUpperCase(Locale.ROOT))) {
          waiting.put(table, parents(copy.getConnection().getMetaData(), table));
        }
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e).toException("the copy's tables cannot be listed", e);
    }
    Set<String> ordered = new LinkedHashSet<>();
    while (!waiting.isEmpty()) {
      List<String> free =
          waiting.keySet().stream().filter(it -> ordered.containsAll(waiting.get(it))).toList();
      if (free.isEmpty()) {
        throw new IllegalStateException("foreign keys lead round in a circle: " + waiting.keySet());
      }
      ordered.addAll(free);
      free.forEach(waiting::remove);
    }
    return List.copyOf(ordered);
  }

  /** Takes out what the migrations put into a new database. */
  static int empty(Handle copy, List<String> inOrder) {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      copy.execute("DELETE FROM " + inOrder.get(i));
    }
    return inOrder.size();
  }

  private static Set<String> parents(DatabaseMetaData metaData, String table) throws SQLException {
    Set<String> parents = new TreeSet<>();
    try (ResultSet keys = metaData.getImportedKeys(null, null, table)) {
      while (keys.next()) {
        parents.add(keys.getString("PKTABLE_NAME"));
      }
    }
    parents.remove(table);
    return parents;
  }

  /** Lets the copy's sequences go on where the original's stand; the original's do not move. */
  static int sequences(Handle original, Handle copy, boolean fromH2) {
    List<String> sequences = names(copy, SEQUENCES);
    for (String sequence : sequences) {
      String query = (fromH2 ? H2_NEXT : POSTGRESQL_NEXT).formatted(sequence);
      long next = original.createQuery(query).map((row, context) -> row.getLong(1)).one();
      copy.execute("ALTER SEQUENCE " + sequence + " RESTART WITH " + next);
    }
    return sequences.size();
  }

  private static List<String> names(Handle handle, String query) {
    return handle.createQuery(query).map((row, context) -> row.getString(1)).list();
  }
}
