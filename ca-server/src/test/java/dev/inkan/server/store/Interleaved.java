package dev.inkan.server.store;

import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * Transactions that let other things happen between the two of one log-in attempt, after it was
 * taken and before it is settled: what several threads, several servers and crashes do by chance,
 * done on purpose. For one thread.
 */
final class Interleaved implements Transactions<RegistrationStores> {

  private final Transactions<RegistrationStores> transactions;
  private final Deque<Runnable> between = new ArrayDeque<>();
  private Optional<Runnable> next = Optional.empty();

  Interleaved(Transactions<RegistrationStores> transactions) {
    this.transactions = transactions;
  }

  /** {@code happens} between the two transactions of the attempt that comes next. */
  void beforeSettling(Runnable happens) {
    next = Optional.of(happens);
  }

  @Override
  public <R> R inTransaction(Function<RegistrationStores, R> work) {
    if (next.isPresent()) {
      between.push(next.get());
      next = Optional.empty();
    } else {
      between.pop().run();
    }
    return transactions.inTransaction(work);
  }
}
