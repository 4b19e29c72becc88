package dev.inkan.server.store;

/**
 * How a PostgreSQL is replicated, as far as any user of it may know.
 *
 * @param following how many standbys follow it, and whatever else reads its log
 * @param awaited whether commits wait for any of them
 */
public record Standbys(int following, boolean awaited) {

  private static final Standbys NONE = new Standbys(0, false);

  private static final String SELECT =
      """
      SELECT (SELECT COUNT(*) FROM pg_stat_replication) AS following,
        current_setting('synchronous_standby_names') <> '' AS awaited
      """;

  /** Looks at this moment; none with an H2 file. */
  public static Standbys of(Database database) {
    return database.isH2()
        ? NONE
        : database.inTransaction(
            handle ->
                handle
                    .createQuery(SELECT)
                    .map(
                        (row, context) ->
                            new Standbys(row.getInt("following"), row.getBoolean("awaited")))
                    .one());
  }
}
