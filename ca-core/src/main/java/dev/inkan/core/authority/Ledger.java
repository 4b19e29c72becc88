package dev.inkan.core.authority;

import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Stores;
import dev.inkan.core.store.Transactions;

/**
 * Where the authority remembers: the database, and the journal that survives its loss.
 *
 * @param <S> the embedding application's stores
 */
public record Ledger<S extends Stores>(Transactions<S> transactions, Journal journal) {}
