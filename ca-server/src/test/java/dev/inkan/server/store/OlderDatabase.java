package dev.inkan.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Databases whose schema is not the one this program works with. */
public final class OlderDatabase {

  private OlderDatabase() {}

  /**
   * Makes the tables of {@code version} in the empty database {@code target}, and puts into them
   * what an H2 file of that version holds.
   *
   * @param h2 without its ending
   */
  public static void load(Path h2, DatabaseSettings target, String version) {
    Flyway.configure()
        .dataSource(target.url(), target.user(), target.password())
        .locations("classpath:db/migration/common")
        .javaMigrations(new AuditChainMigration())
        .target(version)
        .load()
        .migrate();
    Jdbi from = Jdbi.create("jdbc:h2:file:" + h2 + H2File.READING, "inkan", "");
    Jdbi into = Jdbi.create(target.url(), target.user(), target.password());
    from.useHandle(original -> into.useTransaction(copy -> fill(original, copy)));
  }

  private static void fill(Handle original, Handle copy) {
    List<String> tables = CopiedTables.inOrder(copy);
    int unused = CopiedTables.empty(copy, tables);
    tables.forEach(table -> new CopiedTable(table, copy).copyFrom(original));
    int ignored = CopiedTables.sequences(original, copy, true);
  }

  /** The schema's version as the database itself tells it. */
  public static String version(DatabaseSettings settings) {
    try (Connection connection =
            DriverManager.getConnection(
                settings.url() + (settings.isH2() ? H2File.READING : ""),
                settings.user(),
                settings.password());
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT \"version\" FROM \"flyway_schema_history\""
                        + " ORDER BY \"installed_rank\" DESC")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(settings.url(), e);
    }
  }

  /** Makes it look as if a newer program had been there. */
  public static void renew(DatabaseSettings settings) {
    String url = settings.isH2() ? settings.url() + H2File.OPTIONS : settings.url();
    try (Connection connection =
        DriverManager.getConnection(url, settings.user(), settings.password())) {
      int unused =
          connection
              .createStatement()
              .executeUpdate(
                  "INSERT INTO \"flyway_schema_history\" (\"installed_rank\", \"version\","
                      + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\","
                      + " \"installed_on\", \"execution_time\", \"success\") VALUES (900, '900',"
                      + " 'of the future', 'SQL', 'V900__of_the_future.sql', 1, 'inkan',"
                      + " CURRENT_TIMESTAMP, 1, TRUE)");
    } catch (SQLException e) {
      throw new IllegalStateException(url, e);
    }
  }
}
