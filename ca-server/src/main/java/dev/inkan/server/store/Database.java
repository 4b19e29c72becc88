package dev.inkan.server.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.inkan.core.store.StoreUnavailableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Less: else one dead connection would use up the wait for one that lives. */
  private static final Duration WAIT_FOR_TRIAL = Duration.ofSeconds(2);

  private static final String H2_TIME = "SELECT CURRENT_TIMESTAMP";

  // CURRENT_TIMESTAMP would be when the transaction started, before it waited for a lock.
  private static final String POSTGRESQL_TIME = "SELECT clock_timestamp()";

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String timeQuery;
  private final AtomicReference<Optional<String>> obstacle =
      new AtomicReference<>(Optional.empty());

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
    return open(settings, Access.WRITE, pool -> new Schema(pool).requireCurrent());
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
    return open(settings, Access.CREATE, pool -> new Schema(pool).migrate());
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
    return open(settings, Access.READ, pool -> new Schema(pool).requireCurrent());
  }

  /**
   * As {@link #openToRead}, of whatever earlier version its schema is.
   *
   * @throws StoreUnavailableException if it cannot be opened, or a server has the H2 file open
   * @throws SchemaVersionException if a newer program migrated it
   */
  static Database openToCopy(DatabaseSettings settings) {
    if (settings.isH2()) {
      H2File.requireExisting(settings.h2DataFile());
    }
    return open(settings, Access.READ, pool -> new Schema(pool).requireKnown());
  }

  /** Makes an H2 file with the tables as they were at {@code version}. */
  static Database makeAsOf(DatabaseSettings settings, String version) {
    return open(settings, Access.CREATE, pool -> Schema.asOf(pool, version).migrate());
  }

  /** As {@link #openAndMigrate}, whole or, where the database can, not at all. */
  static Database migrateAtOnce(DatabaseSettings settings, String... locations) {
    return open(
        settings,
        Access.CREATE,
        pool -> Schema.atOnce(pool, !settings.isH2(), locations).migrate());
  }

  static SchemaState state(DatabaseSettings settings, String... locations) {
    AtomicReference<SchemaState> state = new AtomicReference<>();
    open(
            settings,
            Access.READ,
            pool -> state.set(Schema.atOnce(pool, !settings.isH2(), locations).state()))
        .close();
    return requireNonNull(state.get());
  }

  private static Database open(DatabaseSettings settings, Access access, SchemaStep step) {
    Database database = connect(settings, access);
    try {
      if (settings.isH2() && access != Access.READ) {
        H2File.requireDurableSettings(database.jdbi);
        H2File.closeToOthers(settings.h2DataFile());
      }
      step.run(database.pool);
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
    config.setValidationTimeout(WAIT_FOR_TRIAL.toMillis());
    // Without it Jdbi takes every connection for one in a transaction already and never commits.
    config.setAutoCommit(true);
    config.setReadOnly(access == Access.READ);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    if (settings.isH2()) {
      H2File.requireTestedVersion();
      config.setJdbcUrl(settings.url() + h2Options(access));
      config.setExceptionOverride(new ClosedH2());
    } else {
      PostgresConnections.describe(config, settings, access != Access.CREATE);
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
                + " open: stop the server, or name a copy of the file; several servers need"
                + " PostgreSQL (docs/servers.md)",
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

  /**
   * The same database through a few connections of its own: whoever reads through them does not
   * wait behind writers that wait for a standby. An H2 file, which has none, is shared as it is.
   *
   * @return to be closed before this
   */
  public Database beside(int connections) {
    if (isH2()) {
      return this;
    }
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    config.setPoolName("inkan-reading");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(connections);
    config.setMetricsTrackerFactory(null);
    return new Database(new HikariDataSource(config), timeQuery);
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

  /**
   * From now on transactions are refused at once, saying {@code why}; empty: they are no more.
   * Whoever only reads does so through {@link #beside}.
   */
  public void refuse(Optional<String> why) {
    obstacle.set(why);
  }

  private void requireNoObstacle() {
    Optional<String> why = obstacle.get();
    if (why != null && why.isPresent()) {
      throw new StoreUnavailableException(why.get(), new SQLTransientException(why.get()));
    }
  }

  <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
    requireNoObstacle();
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

  /** Whether that happened because another process has the H2 file open. */
  public static boolean isInUse(StoreUnavailableException why) {
    return H2File.isInUse(SqlFailure.of(why));
  }

  /** The version of the tables. */
  Optional<String> schemaVersion() {
    return new Schema(pool).state().version();
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
    void run(DataSource pool);
  }
}
