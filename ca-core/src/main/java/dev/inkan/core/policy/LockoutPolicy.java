package dev.inkan.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many wrong passwords in a row an account survives, how long it stays locked and when it is
 * blocked. The counters belong to the account, never to the session.
 *
 * <p>A lock ends at an instant. If the clock steps back while it holds, it holds until the clock
 * shows that instant again; nothing that is tried meanwhile moves it.
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
        ? new Attempts(failures, before.locks(), before.lockedUntil(), false, before.codes())
        : locked(before, now, before.codes());
  }

  /** The account after a success at {@code now}, which a lock or a block does not let happen. */
  public Attempts afterSuccess(Attempts before, Instant now) {
    return before.refusesAt(now) ? before : before.withoutPasswords();
  }

  /**
   * The account after one more code became void at {@code now}; so many in a row lock exactly as
   * wrong passwords do. While locked or blocked nothing counts.
   */
  public Attempts afterVoidCode(Attempts before, Instant now, CodePolicy policy) {
    if (before.refusesAt(now)) {
      return before;
    }
    Codes codes = new Codes(before.codes().voided() + 1, before.codes().locks());
    return policy.locks(codes.voided())
        ? locked(before, now, new Codes(0, codes.locks() + 1))
        : new Attempts(before.failures(), before.locks(), before.lockedUntil(), false, codes);
  }

  private Attempts locked(Attempts before, Instant now, Codes codes) {
    int locks = before.locks() + 1;
    Optional<Instant> until = Optional.of(now.plus(lockout));
    return new Attempts(0, locks, until, locks >= locksUntilBlocked, codes);
  }

  /**
   * What mailed codes count against an account.
   *
   * @param voided codes that wrong tries made void since the last right one or lock by codes
   * @param locks how many of the account's locks came from them: a right password, without which no
   *     code is ever mailed, does not clear these
   */
  public record Codes(int voided, int locks) {

    /** No code counts against the account. */
    public static final Codes NONE = new Codes(0, 0);

    public Codes {
      if (voided < 0 || locks < 0) {
        throw new IllegalArgumentException("counters must not be negative");
      }
    }
  }

  /**
   * What counts against an account.
   *
   * @param failures consecutive failures since the last success or lock
   * @param locks locks since the last success
   * @param lockedUntil the end of the latest lock, which may have passed
   * @param blocked whether only somebody else can let the account in again
   * @param codes the part of it that mailed codes have
   */
  public record Attempts(
      int failures, int locks, Optional<Instant> lockedUntil, boolean blocked, Codes codes) {

    /** Nothing counts against the account. */
    public static final Attempts NONE = new Attempts(0, 0, Optional.empty(), false);

    public Attempts {
      if (failures < 0 || locks < codes.locks()) {
        throw new IllegalArgumentException(
            "failures must not be negative, nor locks fewer than those by codes");
      }
    }

    /** Against an account for which no code counts. */
    public Attempts(int failures, int locks, Optional<Instant> lockedUntil, boolean blocked) {
      this(failures, locks, lockedUntil, blocked, Codes.NONE);
    }

    /** What is left after a right password: the locks that came from codes. */
    public Attempts withoutPasswords() {
      return new Attempts(0, codes.locks(), Optional.empty(), false, codes);
    }

    /** What is left after a right code: what came from passwords. */
    public Attempts withoutCodes() {
      return new Attempts(failures, locks - codes.locks(), lockedUntil, blocked, Codes.NONE);
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
