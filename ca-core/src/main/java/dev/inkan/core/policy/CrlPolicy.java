package dev.inkan.core.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * When a CRL is signed and how long it counts. Between two CRLs on schedule others are signed as
 * soon as something is revoked.
 *
 * @param every from one CRL on schedule to the next
 * @param lifetime from the signing to {@code nextUpdate}: three times {@code every} or more, so
 *     that a CA that is away for a while stops nobody
 * @param backdating how far {@code thisUpdate} lies before the signing: a gateway whose clock runs
 *     behind takes a CRL from its future for none, and refuses everybody
 */
public record CrlPolicy(Duration every, Duration lifetime, Duration backdating) {

  /** How much longer than {@code every} a CRL lives at least. */
  public static final int OVERLAP = 3;

  private static final Duration BANK_BACKDATING = Duration.ofMinutes(5);

  public CrlPolicy {
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException("every must be positive: " + every);
    }
    if (lifetime.compareTo(every.multipliedBy(OVERLAP)) < 0) {
      throw new IllegalArgumentException("lifetime must be " + OVERLAP + " times every, or more");
    }
    if (backdating.isNegative()) {
      throw new IllegalArgumentException("backdating must not be negative: " + backdating);
    }
  }

  /** With the bank's allowance for clocks. */
  public static CrlPolicy bank(Duration every, Duration lifetime) {
    return new CrlPolicy(every, lifetime, BANK_BACKDATING);
  }

  /** The {@code thisUpdate} of a CRL signed at {@code now}. */
  public Instant thisUpdate(Instant now) {
    return now.minus(backdating);
  }

  /** The {@code nextUpdate} of a CRL signed at {@code now}. */
  public Instant nextUpdate(Instant now) {
    return now.plus(lifetime);
  }

  /**
   * Whether the next on schedule is due. One that was signed in the future is replaced: a clock was
   * wrong then, and no gateway takes it.
   *
   * @param lastSignedAt when the last on schedule was
   */
  public boolean isDue(Instant lastSignedAt, Instant now) {
    return !now.isBefore(lastSignedAt.plus(every)) || lastSignedAt.isAfter(now.plus(backdating));
  }
}
