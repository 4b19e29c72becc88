package dev.inkan.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The system's clock, put forward by a test. Safe for several threads. */
public final class ShiftedClock extends Clock {

  private final Clock system = Clock.systemUTC();
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  public void advance(Duration duration) {
    shift.accumulateAndGet(duration, Duration::plus);
  }

  @Override
  public Instant instant() {
    return system.instant().plus(shift.get());
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
