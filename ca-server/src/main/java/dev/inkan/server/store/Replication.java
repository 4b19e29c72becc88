package dev.inkan.server.store;

import java.time.Instant;
import java.util.Optional;

/** How far a hot standby has come. */
public final class Replication {

  private static final String REPLAYED =
      """
      SELECT pg_last_xact_replay_timestamp() AS replayed
      """;

  private final Database database;

  public Replication(Database database) {
    this.database = database;
  }

  /** When the newest transaction was committed that this standby has; empty if it is none. */
  public Optional<Instant> newestCommit() {
    if (database.isH2()) {
      return Optional.empty();
    }
    return database.inTransaction(
        handle ->
            handle
                .createQuery(REPLAYED)
                .map((row, context) -> Columns.optionalInstant(row, "replayed"))
                .one());
  }
}
