package dev.inkan.core.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * When the process's clock may not be trusted. A signature made under a wrong clock cannot be taken
 * back, so signing stops and says so.
 *
 * @param tolerance how far two clocks may lie apart
 */
public record ClockPolicy(Duration tolerance) {

  /** One minute. */
  public static final ClockPolicy BANK = new ClockPolicy(Duration.ofSeconds(60));

  public ClockPolicy {
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("tolerance must not be negative: " + tolerance);
    }
  }

  /** Whether the process's time and the database's lie further apart than tolerated. */
  public boolean isSuspicious(Instant processTime, Instant databaseTime) {
    return Duration.between(processTime, databaseTime).abs().compareTo(tolerance) > 0;
  }

  /** Whether the clock has stepped back further than tolerated since {@code latestSeen}. */
  public boolean steppedBack(Instant latestSeen, Instant now) {
    return Duration.between(now, latestSeen).compareTo(tolerance) > 0;
  }
}
