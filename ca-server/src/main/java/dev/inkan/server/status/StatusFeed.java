package dev.inkan.server.status;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The ledger, as far as the status service reads it: everything once, and then what changed. Only
 * certificates of issuing CAs are told. Called by one thread at a time.
 */
public interface StatusFeed {

  /**
   * Every entry, one after the other.
   *
   * @return where the ledger stood at the beginning: {@link #changesAfter} goes on from its change
   *     without a gap
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  LedgerPoint readAll(Consumer<StatusChange> each);

  /**
   * The next changes in the order in which they were committed, some thousand at most.
   *
   * @param seen what the ledger must hold
   * @throws LedgerReplacedException if it does not
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  Changes changesAfter(long position, LedgerPoint seen);

  /**
   * What changed.
   *
   * @param position to be given to the next call
   * @param complete whether this is all there is
   * @param end where the ledger stood
   * @param databaseTime the time by the database's clock
   */
  record Changes(
      List<StatusChange> changes,
      long position,
      boolean complete,
      LedgerPoint end,
      Instant databaseTime) {

    public Changes {
      changes = List.copyOf(changes);
    }
  }
}
