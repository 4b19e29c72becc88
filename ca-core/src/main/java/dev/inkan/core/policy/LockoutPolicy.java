package dev.inkan.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many wrong passwords in a row an account survives, how long it stays locked and when it is
 * blocked. The counters belong to the account, never to the session.
 *
 * @param maximumFailures the failure in a row that locks
 * @param lockout how long a lock lasts
 * @param locksUntilBlocked the lock that blocks until somebody unblocks
 */
public record LockoutPolicy(int maximumFailures, Duration lockout, int locksUntilBlocked) {

  /** Six failures lock for an hour; the third lock blocks. */
  public static final LockoutPolicy BANK = new LockoutPolicy(6, Duration.ofMinutes(60), 3);

  public LockoutPolicy {
    if (maximumFailures < 1 || locksUntilBlocked < 1) {
      throw new IllegalArgumentException(
          "maximumFailures and locksUntilBlocked must be positive: "
              + maximumFailures
              + ", "
              + locksUntilBlocked);
    }
    if (lockout.isNegative() || lockout.isZero()) {
      throw new IllegalArgumentException("lockout must be positive: " + lockout);
    }
  }

  /** The account after one more failure at {@code now}. While locked or blocked nothing counts. */
  public Attempts afterFailure(Attempts before, Instant now) {
    if (before.refusesAt(now)) {
      return before;
    }
    int failures = before.failures() + 1;
    return failures < maximumFailures
        ? new Attempts(failures, before.locks(), Optional.empty(), false)
        : locked(before, now);
  }

  /** The account after a success at {@code now}, which a lock or a block does not let happen. */
  public Attempts afterSuccess(Attempts before, Instant now) {
    return before.refusesAt(now) ? before : Attempts.NONE;
  }

  /** The account after something that counts as a lock by itself, such as three void codes. */
  public Attempts locked(Attempts before, Instant now) {
    if (before.refusesAt(now)) {
      return before;
    }
    int locks = before.locks() + 1;
    return locks < locksUntilBlocked
        ? new Attempts(0, locks, Optional.of(now.plus(lockout)), false)
        : new Attempts(0, locks, Optional.empty(), true);
  }

  /**
   * What counts against an account.
   *
   * @param failures consecutive failures since the last success or lock
   * @param locks locks since the last success
   * @param lockedUntil the end of the latest lock, which may have passed
   * @param blocked whether only somebody else can let the account in again
   */
  public record Attempts(int failures, int locks, Optional<Instant> lockedUntil, boolean blocked) {

    /** Nothing counts against the account. */
    public static final Attempts NONE = new Attempts(0, 0, Optional.empty(), false);

    public Attempts {
      if (failures < 0 || locks < 0) {
        throw new IllegalArgumentException("counters must not be negative");
      }
    }

    /** Whether a password may not even be tried at {@code now}. */
    public boolean refusesAt(Instant now) {
      return blocked || isLockedAt(now);
    }

    /** Whether a lock holds at {@code now}; its last instant is the one before its end. */
    public boolean isLockedAt(Instant now) {
      return lockedUntil.filter(now::isBefore).isPresent();
    }
  }
}
