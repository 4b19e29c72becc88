package dev.inkan.server.store;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;

/**
 * How connections to PostgreSQL are made so that a primary that died holds up nobody for long, and
 * the one that took its place is found.
 */
final class PostgresConnections {

  /** More would be asked one after the other for longer than anybody waits. */
  private static final int HOSTS = 3;

  /** What runs by hand, such as a migration, may take long over one statement. */
  private static final Duration BY_HAND = Duration.ofMinutes(30);

  /**
   * An idle connection is tried this often: a primary that vanished is noticed before it is needed.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /**
   * A transaction is acknowledged no sooner than the synchronous standby has it on its disk, if
   * there is one; how much longer the operator may choose (remote_apply).
   */
  private static final String INIT =
      """
      SELECT set_config('lock_timeout', '10s', false);
      SELECT set_config('synchronous_commit', 'on', false)
      WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
      """;

  private PostgresConnections() {}

  /**
   * Describes them in {@code config}.
   *
   * @param serving whether somebody waits for each answer
   */
  static void describe(HikariConfig config, DatabaseSettings settings, boolean serving) {
    long connect = settings.patience().connect().toSeconds();
    Duration answer = serving ? settings.patience().answer() : BY_HAND;
    config.setJdbcUrl(settings.url());
    config.setConnectionInitSql(INIT);
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty("connectTimeout", Long.toString(connect));
    // All of its hosts, also one that accepts and says nothing.
    config.addDataSourceProperty("loginTimeout", Long.toString(connect * HOSTS));
    config.addDataSourceProperty("socketTimeout", Long.toString(answer.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
  }
}
