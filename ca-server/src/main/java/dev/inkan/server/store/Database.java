package dev.inkan.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.inkan.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The open database: a pool of connections to an H2 file or to PostgreSQL, with the settings under
 * which a commit survives the death of the process. Safe for use by several threads.
 */
public final class Database implements AutoCloseable {

  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);

  private static final String H2_TIME = "SELECT CURRENT_TIMESTAMP";

  // CURRENT_TIMESTAMP would be when the transaction started, before it waited for a lock.
  private static final String POSTGRESQL_TIME = "SELECT clock_timestamp()";

  private static final String POSTGRESQL_INIT =
      """
      SELECT set_config('lock_timeout', '10s', false);
      SELECT set_config('synchronous_commit', 'on', false)
      WHERE current_setting('synchronous_commit') = 'off'
      """;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String timeQuery;

  private Database(HikariDataSource pool, String timeQuery) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.timeQuery = timeQuery;
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
  }

  /**
   * Opens an existing database, whose schema must be the one this program works with.
   *
   * @throws StoreUnavailableException if it cannot be opened
   * @throws SchemaVersionException if it has not been migrated, or a newer program migrated it
   */
  public static Database openMigrated(DatabaseSettings settings) {
    if (settings.isH2()) {
      H2File.requireExisting(settings.h2DataFile());
    }
    return open(settings, Access.WRITE, Schema::requireCurrent);
  }

  /**
   * Opens a database, creates an H2 file where there is none, and brings the schema up to date.
   *
   * @throws StoreUnavailableException if it cannot be opened
   * @throws SchemaVersionException if a newer program migrated it
   */
  public static Database openAndMigrate(DatabaseSettings settings) {
    if (settings.isH2()) {
      H2File.createDirectory(settings.h2DataFile());
    }
    return open(settings, Access.CREATE, Schema::migrate);
  }

  /**
   * Opens an existing database to read it, and changes nothing of it, not even an H2 file's
   * housekeeping.
   *
   * @throws StoreUnavailableException if it cannot be opened, or a server has the H2 file open
   * @throws SchemaVersionException as {@link #openMigrated}
   */
  public static Database openToRead(DatabaseSettings settings) {
    if (settings.isH2()) {
      H2File.requireExisting(settings.h2DataFile());
    }
    return open(settings, Access.READ, Schema::requireCurrent);
  }

  private static Database open(DatabaseSettings settings, Access access, SchemaStep step) {
    Database database = connect(settings, access);
    try {
      if (settings.isH2() && access != Access.READ) {
        H2File.requireDurableSettings(database.jdbi);
        H2File.closeToOthers(settings.h2DataFile());
      }
      step.run(new Schema(database.pool));
      return database;
    } catch (FlywayException | JdbiException e) {
      database.close();
      throw SqlFailure.of(e).toException("the schema at " + settings.url() + " failed", e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Database connect(DatabaseSettings settings, Access access) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("inkan");
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    // Without it Jdbi takes every connection for one in a transaction already and never commits.
    config.setAutoCommit(true);
    config.setReadOnly(access == Access.READ);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    if (settings.isH2()) {
      H2File.requireTestedVersion();
      config.setJdbcUrl(settings.url() + h2Options(access));
      config.setExceptionOverride(new ClosedH2());
    } else {
      config.setJdbcUrl(settings.url());
      config.setConnectionInitSql(POSTGRESQL_INIT);
      config.addDataSourceProperty("logServerErrorDetail", "false");
      config.addDataSourceProperty("connectTimeout", "5");
      config.addDataSourceProperty("socketTimeout", "60");
    }
    try {
      return new Database(
          new HikariDataSource(config), settings.isH2() ? H2_TIME : POSTGRESQL_TIME);
    } catch (PoolInitializationException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (H2File.isInUse(failure)) {
        throw new StoreUnavailableException(
            "another process, such as a running server, has "
                + settings.h2DataFile()
                + " open: stop the server, or name a copy of the file",
            e);
      }
      throw failure.toException("cannot open the database at " + settings.url(), e);
    }
  }

  private static String h2Options(Access access) {
    return switch (access) {
      case READ -> H2File.READING + H2File.EXISTING;
      case WRITE -> H2File.OPTIONS + H2File.EXISTING;
      case CREATE -> H2File.OPTIONS;
    };
  }

  /** The pool, for libraries that bring their own SQL: the timetable. */
  public DataSource dataSource() {
    return pool;
  }

  /** How the pool stands. */
  public PoolLevel level() {
    HikariPoolMXBean level = pool.getHikariPoolMXBean();
    return new PoolLevel(
        level.getActiveConnections(),
        level.getIdleConnections(),
        level.getThreadsAwaitingConnection(),
        pool.getMaximumPoolSize());
  }

  <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw SqlFailure.of(e).toException("the database refused or is gone", e);
    }
  }

  /** As {@link #inTransaction}, and everything in it is read as it stood at one moment. */
  <R> R inSnapshot(HandleCallback<R, RuntimeException> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work);
    } catch (JdbiException e) {
      throw SqlFailure.of(e).toException("the database refused or is gone", e);
    }
  }

  boolean isH2() {
    return timeQuery.equals(H2_TIME);
  }

  Instant time(Handle handle) {
    return handle
        .createQuery(timeQuery)
        .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .one();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** What may be done to the files. */
  private enum Access {
    READ,
    WRITE,
    CREATE
  }

  private interface SchemaStep {
    void run(Schema schema);
  }
}
