package dev.inkan.core.authority;

import dev.inkan.core.policy.ClockPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The process's clock, held against the database's and against its own past. Safe for use by
 * several threads.
 */
final class TrustedClock {

  private final Clock clock;
  private final ClockPolicy policy;
  private final AtomicReference<Instant> latestSeen = new AtomicReference<>(Instant.MIN);

  TrustedClock(Clock clock, ClockPolicy policy) {
    this.clock = clock;
    this.policy = policy;
  }

  /** The time, for what does not depend on its being right. */
  Instant instant() {
    return clock.instant();
  }

  /**
   * The time to sign with.
   *
   * @throws ClockSuspiciousException if it is off the database's, or behind what it was before
   */
  Instant instantAgainst(Instant databaseTime) {
    Instant now = clock.instant();
    if (policy.isSuspicious(now, databaseTime)) {
      throw new ClockSuspiciousException(now, "the database's", databaseTime);
    }
    Instant latest = latestSeen.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
    if (policy.steppedBack(latest, now)) {
      throw new ClockSuspiciousException(now, "it already said", latest);
    }
    return now;
  }
}
