package dev.inkan.core.authority;

import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Stores;
import dev.inkan.core.store.Transactions;

/**
 * Where the authority remembers: the database, and the journal that survives its loss.
 *
 * @param unfinished what the database's absence left half done; one for all that share a journal
 * @param <S> the embedding application's stores
 */
public record Ledger<S extends Stores>(
    Transactions<S> transactions, Journal journal, UnfinishedWork unfinished) {

  /** One that shares its unfinished work with no other. */
  public Ledger(Transactions<S> transactions, Journal journal) {
    this(transactions, journal, new UnfinishedWork());
  }
}
