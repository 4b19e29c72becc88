package dev.inkan.server.job;

import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases ended sessions, addresses that never answered, and sealed passwords and files whose time
 * is over.
 */
public final class Erasure implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  // Codes are counted by the day, registrations with them.
  private static final Duration A_DAY = Duration.ofHours(24);

  private final Transactions<RegistrationStores> transactions;
  private final Duration passwordsFor;
  private final Clock clock;

  /**
   * @param passwordsFor how long a sealed password is kept for an application nobody finishes
   */
  public Erasure(
      Transactions<RegistrationStores> transactions, Duration passwordsFor, Clock clock) {
    this.transactions = transactions;
    this.passwordsFor = passwordsFor;
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    int erased =
        transactions.inTransaction(
            stores ->
                stores.sessions().removeExpired(now)
                    + stores.applications().eraseExpired(now, now.minus(passwordsFor))
                    + stores.addressChanges().removeExpired(now.minus(A_DAY))
                    + stores.registrations().eraseExpired(now, now.minus(A_DAY)));
    if (erased > 0) {
      LOG.debug("{} ended sessions and sealed secrets erased", erased);
    }
  }
}
