package dev.inkan.core.store;

import java.util.function.Function;

/**
 * Runs work that others see either completely or not at all. Safe for use by several threads.
 *
 * @param <S> the stores handed to the work; an embedding application adds its own to {@link Stores}
 */
public interface Transactions<S extends Stores> {

  /**
   * Commits when {@code work} returns and rolls back when it throws. Once this returns the work
   * survives the death of the process.
   *
   * @throws StoreUnavailableException if the database cannot be reached or refuses
   */
  <R> R inTransaction(Function<S, R> work);
}
