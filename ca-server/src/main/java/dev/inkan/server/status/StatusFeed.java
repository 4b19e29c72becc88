package dev.inkan.server.status;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The ledger, as far as the status service reads it: everything once, and then what changed. Only
 * certificates of the issuing CA are told. Called by one thread at a time.
 */
public interface StatusFeed {

  /**
   * Every entry, one after the other.
   *
   * @return the position from which {@link #changesAfter} goes on without a gap
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  long readAll(Consumer<StatusChange> each);

  /**
   * The next changes in the order in which they were committed, some thousand at most.
   *
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  Changes changesAfter(long position);

  /**
   * What changed.
   *
   * @param position to be given to the next call
   * @param complete whether this is all there is
   * @param databaseTime the time by the database's clock
   */
  record Changes(
      List<StatusChange> changes, long position, boolean complete, Instant databaseTime) {

    public Changes {
      changes = List.copyOf(changes);
    }
  }
}
