package dev.inkan.server.registration.secret;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how much password hashing runs and waits at once, so that a flood of log-ins neither takes
 * every core nor every thread. Safe for several threads.
 */
public final class HashingGate {

  private final Semaphore admitted;
  private final Semaphore running;

  /**
   * @param atOnce how many hashes run side by side
   * @param waiting how many more may wait
   */
  public HashingGate(int atOnce, int waiting) {
    this.admitted = new Semaphore(atOnce + waiting);
    this.running = new Semaphore(atOnce, true);
  }

  /** Runs {@code work} in its turn, or returns nothing at once if too many wait already. */
  public <T> Optional<T> pass(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      return Optional.empty();
    }
    try {
      running.acquireUninterruptibly();
      try {
        return Optional.of(work.get());
      } finally {
        running.release();
      }
    } finally {
      admitted.release();
    }
  }
}
