package dev.inkan.server.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables, brought up to date by the numbered files in {@code db/migration} and, where SQL does
 * not reach, by numbered programs.
 */
final class Schema {

  private final Flyway flyway;

  Schema(DataSource dataSource) {
    this.flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:db/migration/common")
            .javaMigrations(new AuditChainMigration())
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .load();
  }

  /** Applies what is missing. */
  void migrate() {
    requireNotNewer(flyway.info());
    flyway.migrate();
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
              + ": make a backup, then run the 'migrate' command");
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
