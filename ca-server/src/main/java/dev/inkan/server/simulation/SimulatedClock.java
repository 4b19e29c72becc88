package dev.inkan.server.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until one thread moves it on; all others may read it. */
public final class SimulatedClock extends Clock {

  private final AtomicReference<Instant> now;

  public SimulatedClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  /**
   * Moves on.
   *
   * @throws IllegalArgumentException if that would be back
   */
  public void moveTo(Instant later) {
    if (later.isBefore(instant())) {
      throw new IllegalArgumentException("it is " + instant() + " already, after " + later);
    }
    now.set(later);
  }

  @Override
  public Instant instant() {
    return Objects.requireNonNull(now.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return InstantSource.fixed(instant()).withZone(zone);
  }
}
