package dev.inkan.server.store;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables, brought up to date by the numbered files in {@code db/migration} and, where SQL does
 * not reach, by numbered programs.
 */
final class Schema {

  static final String LOCATION = "classpath:db/migration/common";

  private final Flyway flyway;

  Schema(DataSource dataSource) {
    this(configure(dataSource, LOCATION));
  }

  private Schema(FluentConfiguration configuration) {
    this.flyway = configuration.load();
  }

  /** The tables as they were at an earlier version. */
  static Schema asOf(DataSource dataSource, String version) {
    return new Schema(configure(dataSource, LOCATION).target(version));
  }

  /**
   * As {@link #Schema(DataSource)}, with the numbered files of several places; what is missing is
   * applied in one transaction if {@code canUndo}: if the database can undo a change of its tables.
   */
  static Schema atOnce(DataSource dataSource, boolean canUndo, String... locations) {
    return new Schema(configure(dataSource, locations).group(canUndo));
  }

  private static FluentConfiguration configure(DataSource dataSource, String... locations) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations(locations)
        .javaMigrations(new AuditChainMigration())
        .failOnMissingLocations(true)
        .cleanDisabled(true);
  }

  /** Applies what is missing. */
  void migrate() {
    requireNotNewer(flyway.info());
    flyway.migrate();
  }

  /** How far the tables have come, and how far this program brings them. */
  SchemaState state() {
    MigrationInfoService info = flyway.info();
    requireNotNewer(info);
    MigrationInfo[] pending = info.pending();
    Optional<String> now =
        Optional.ofNullable(info.current()).map(it -> String.valueOf(it.getVersion()));
    return new SchemaState(
        now,
        pending.length == 0
            ? version(info)
            : String.valueOf(pending[pending.length - 1].getVersion()));
  }

  /** Checks that no newer program was there, and none that failed. */
  void requireKnown() {
    requireNotNewer(flyway.info());
  }

  /** Checks that there is nothing to apply. */
  void requireCurrent() {
    MigrationInfoService info = flyway.info();
    requireNotNewer(info);
    if (info.pending().length > 0) {
      throw new SchemaVersionException(
          "the database's schema is at version "
              + version(info)
              + " and this program needs "
              + info.pending()[info.pending().length - 1].getVersion()
              + ": run the 'migrate' command, which makes a backup before");
    }
  }

  private static void requireNotNewer(MigrationInfoService info) {
    if (Arrays.stream(info.all()).anyMatch(Schema::isFromTheFuture)) {
      throw new SchemaVersionException(
          "the database's schema is at version "
              + version(info)
              + ", which a newer program made: start that program, or restore the backup made"
              + " before it ran");
    }
    if (Arrays.stream(info.all()).anyMatch(migration -> migration.getState().isFailed())) {
      throw new SchemaVersionException(
          "an earlier migration of the database failed half-way: restore the backup made before"
              + " it and run the 'migrate' command again");
    }
  }

  private static boolean isFromTheFuture(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }

  private static String version(MigrationInfoService info) {
    MigrationInfo current = info.current();
    return current == null ? "none" : String.valueOf(current.getVersion());
  }
}
