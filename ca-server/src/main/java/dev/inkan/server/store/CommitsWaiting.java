package dev.inkan.server.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Commits of ours that PostgreSQL has done and not acknowledged, because no synchronous standby has
 * them yet.
 *
 * @param count how many, of all servers over this database
 * @param longest how long the first of them has waited
 */
public record CommitsWaiting(int count, Duration longest) {

  private static final CommitsWaiting NONE = new CommitsWaiting(0, Duration.ZERO);

  /** Longer than a standby that is there ever takes. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(5);

  // state_change: when the session began with the COMMIT it is at.
  private static final String SELECT =
      """
      SELECT COUNT(*) AS commits,
        COALESCE(MAX(EXTRACT(EPOCH FROM clock_timestamp() - state_change)), 0) AS longest
      FROM pg_stat_activity
      WHERE wait_event = 'SyncRep' AND usename = CURRENT_USER
      """;

  /**
   * Looks at this moment; none with an H2 file.
   *
   * @param reading with connections that no writer has
   */
  public static CommitsWaiting in(Database reading) {
    if (reading.isH2()) {
      return NONE;
    }
    return reading.inTransaction(
        handle ->
            handle
                .createQuery(SELECT)
                .map(
                    (row, context) ->
                        new CommitsWaiting(
                            row.getInt("commits"),
                            Duration.ofMillis((long) (row.getDouble("longest") * 1000))))
                .one());
  }

  /** What is wrong, in a sentence, if they wait for too long. */
  public Optional<String> fault() {
    return longest.compareTo(SUSPICIOUS) < 0
        ? Optional.empty()
        : Optional.of(
            count
                + " commits wait for a synchronous standby, the first for "
                + longest.toSeconds()
                + " s: bring the standby back, or have the primary go on without it"
                + " (docs/high-availability.md)");
  }
}
