package dev.inkan.server.store;

import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.StatusChange;
import dev.inkan.server.status.StatusFeed;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@link StatusFeed} for a server that tells nobody's status and must all the same see that the
 * ledger stays the one it is: it tells how far that has come, and no entry.
 */
public final class JdbiLedgerWatch implements StatusFeed {

  private final Database database;

  public JdbiLedgerWatch(Database database) {
    this.database = database;
  }

  @Override
  public LedgerPoint readAll(Consumer<StatusChange> each) {
    return database.inTransaction(LedgerPoints::now);
  }

  @Override
  public Changes changesAfter(long position, LedgerPoint seen) {
    return database.inTransaction(
        handle -> {
          LedgerPoint end = LedgerPoints.requireHolds(handle, seen);
          return new Changes(List.of(), end.change(), true, end, database.time(handle));
        });
  }
}
