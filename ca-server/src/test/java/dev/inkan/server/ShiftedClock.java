package dev.inkan.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The system's clock, moved or stopped by a test. Safe for several threads. */
public final class ShiftedClock extends Clock {

  private record State(Duration shift, Optional<Instant> stopped) {}

  private final Clock system = Clock.systemUTC();
  private volatile State state = new State(Duration.ZERO, Optional.empty());

  public synchronized void advance(Duration duration) {
    state = new State(state.shift().plus(duration), state.stopped().map(at -> at.plus(duration)));
  }

  /** Stands still at {@code at}, so that a test can look at one second. */
  public synchronized void stopAt(Instant at) {
    state = new State(state.shift(), Optional.of(at));
  }

  @Override
  public Instant instant() {
    State now = state;
    return now.stopped().orElseGet(() -> system.instant().plus(now.shift()));
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
