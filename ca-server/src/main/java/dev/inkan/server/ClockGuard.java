package dev.inkan.server;

import dev.inkan.core.authority.ClockSuspiciousException;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds this process's clock against the database's before anything is signed: a signature made
 * under a wrong clock cannot be taken back. Safe for use by several threads.
 */
final class ClockGuard {

  private final Transactions<RegistrationStores> transactions;
  private final Clock clock;
  private final ClockPolicy policy;

  ClockGuard(Transactions<RegistrationStores> transactions, Clock clock, ClockPolicy policy) {
    this.transactions = transactions;
    this.clock = clock;
    this.policy = policy;
  }

  /** What is wrong, in a sentence, if anything is. */
  Optional<String> fault() {
    Instant theirs = databaseTime();
    Instant ours = clock.instant();
    return policy.isSuspicious(ours, theirs)
        ? Optional.of(
            "the clock says "
                + ours
                + " and the database's "
                + theirs
                + ": nothing is signed until that is put right")
        : Optional.empty();
  }

  /**
   * Returns if something may be signed.
   *
   * @throws ClockSuspiciousException if the clocks are too far apart
   */
  void require() {
    Instant theirs = databaseTime();
    Instant ours = clock.instant();
    if (policy.isSuspicious(ours, theirs)) {
      throw new ClockSuspiciousException(ours, "the database's", theirs);
    }
  }

  /** The same work, which fails while the clocks are too far apart. */
  Runnable before(Runnable work) {
    return () -> {
      require();
      work.run();
    };
  }

  private Instant databaseTime() {
    return transactions.inTransaction(stores -> stores.databaseTime());
  }
}
