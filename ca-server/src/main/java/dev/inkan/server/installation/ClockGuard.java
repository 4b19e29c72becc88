package dev.inkan.server.installation;

import dev.inkan.core.authority.ClockSuspiciousException;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds this process's clock against the database's before anything is signed: a signature made
 * under a wrong clock cannot be taken back. Safe for use by several threads.
 */
public final class ClockGuard {

  private final Supplier<Instant> databaseTime;
  private final Clock clock;
  private final ClockPolicy policy;

  public ClockGuard(
      Transactions<RegistrationStores> transactions, Clock clock, ClockPolicy policy) {
    this(() -> transactions.inTransaction(stores -> stores.databaseTime()), clock, policy);
  }

  /**
   * @param databaseTime the time by the database's clock
   */
  public ClockGuard(Supplier<Instant> databaseTime, Clock clock, ClockPolicy policy) {
    this.databaseTime = databaseTime;
    this.clock = clock;
    this.policy = policy;
  }

  /** What is wrong, in a sentence, if anything is. */
  public Optional<String> fault() {
    Instant theirs = databaseTime.get();
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
  public void require() {
    Instant theirs = databaseTime.get();
    Instant ours = clock.instant();
    if (policy.isSuspicious(ours, theirs)) {
      throw new ClockSuspiciousException(ours, "the database's", theirs);
    }
  }

  /** The same work, which fails while the clocks are too far apart. */
  public Runnable before(Runnable work) {
    return () -> {
      require();
      work.run();
    };
  }
}
