package dev.inkan.server.store;

import dev.inkan.core.certificate.NodeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's name among those that share a PostgreSQL: two of one name would take each other's jobs
 * and mails for what a dead one left. An advisory lock on a connection of its own holds it, as long
 * as the server lives; PostgreSQL lets it go within half a minute of the machine's death. An H2
 * file is locked by itself. Safe for use by several threads.
 */
public final class NodeClaim implements AutoCloseable {

  /** Longer than PostgreSQL needs to notice that a machine is gone. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Logger LOG = LoggerFactory.getLogger(NodeClaim.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final String TIMED_OUT = "55P03";

  private static final String SETTINGS =
      """
      SELECT set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '3', false);
      SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'
      """;

  private static final String LOCK = "SELECT pg_advisory_lock(?)";
  private static final String TRY = "SELECT pg_try_advisory_lock(?)";

  private static final String HOLDER =
      """
      SELECT COALESCE(host(a.client_addr), 'this machine') || ', since '
        || to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((l.classid::bigint << 32) | l.objid::bigint) = ?
      """;

  private final DatabaseSettings settings;
  private final NodeName node;
  private final long key;
  private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "node-name");
            thread.setDaemon(true);
            return thread;
          });

  private NodeClaim(DatabaseSettings settings, NodeName node) {
    this.settings = settings;
    this.node = node;
    this.key = key(node);
  }

  /**
   * Takes the name; a server of this name that has just died may keep it for half a minute.
   *
   * @param patience how long to wait for it
   * @throws NodeNameTakenException if another server has it
   * @throws dev.inkan.core.store.StoreUnavailableException if the database cannot be reached
   */
  public static NodeClaim take(DatabaseSettings settings, NodeName node, Duration patience) {
    NodeClaim claim = new NodeClaim(settings, node);
    if (!settings.isH2()) {
      claim.begin(patience);
    }
    return claim;
  }

  private void begin(Duration patience) {
    try {
      Connection opened = open();
      connection.set(opened);
      lock(opened, patience);
    } catch (SQLException e) {
      close();
      throw SqlFailure.of(e).toException("the database refused or is gone", e);
    } catch (NodeNameTakenException e) {
      close();
      throw e;
    }
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "inkan " + node);
    Connection opened = DriverManager.getConnection(settings.url(), properties);
    try (Statement statement = opened.createStatement()) {
      boolean unused = statement.execute(SETTINGS);
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private void lock(Connection opened, Duration patience) throws SQLException {
    if (isTaken(opened)) {
      Optional<String> holder = holder(opened);
      LOG.warn("another server is called {} ({}): waiting for its end", node, holder.orElse("?"));
      await(opened, patience);
    }
  }

  private boolean isTaken(Connection opened) throws SQLException {
    try (PreparedStatement attempt = opened.prepareStatement(TRY)) {
      attempt.setLong(1, key);
      try (ResultSet row = attempt.executeQuery()) {
        return row.next() && !row.getBoolean(1);
      }
    }
  }

  private void await(Connection opened, Duration patience) throws SQLException {
    try (Statement timeout = opened.createStatement();
        PreparedStatement wait = opened.prepareStatement(LOCK)) {
      boolean unused = timeout.execute("SET lock_timeout = " + Math.max(1, patience.toMillis()));
      wait.setLong(1, key);
      boolean unusedRows = wait.execute();
    } catch (SQLException e) {
      if (TIMED_OUT.equals(e.getSQLState())) {
        throw new NodeNameTakenException(taken(holder(opened)));
      }
      throw e;
    }
  }

  private String taken(Optional<String> holder) {
    return "another server that calls itself "
        + node
        + " uses this database"
        + holder.map(it -> " (from " + it + ")").orElse("")
        + ": give each a name of its own in the key 'node', or stop that one";
  }

  private Optional<String> holder(Connection opened) throws SQLException {
    try (PreparedStatement query = opened.prepareStatement(HOLDER)) {
      query.setLong(1, key);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** The connection may have been cut, or the database be another by now. */
  private void look() {
    try {
      Connection held = connection.get();
      if (held == null || !held.isValid((int) LOOK_EVERY.toSeconds())) {
        closeQuietly(held);
        connection.set(null);
        again();
      }
    } catch (SQLException e) {
      LOG.debug("the name {} cannot be claimed at the moment: {}", node, e.getMessage());
    }
  }

  private void again() throws SQLException {
    Connection opened = open();
    if (isTaken(opened)) {
      if (!told.getAndSet(true)) {
        LOG.error("{}", taken(holder(opened)));
      }
      opened.close();
      return;
    }
    told.set(false);
    connection.set(opened);
  }

  private static long key(NodeName node) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("inkan node " + node.value()).getBytes(StandardCharsets.US_ASCII));
      return java.nio.ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("a connection did not close: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    closeQuietly(connection.getAndSet(null));
  }
}
