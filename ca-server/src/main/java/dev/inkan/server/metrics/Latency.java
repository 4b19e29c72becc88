package dev.inkan.server.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;

/** How long one kind of work takes. Allocates nothing. Safe for use by several threads. */
public final class Latency {

  /** One that nobody looks at. */
  public static final Latency UNSEEN = new Latency(new SimpleMeterRegistry().timer("unseen"));

  private final Timer timer;

  Latency(Timer timer) {
    this.timer = timer;
  }

  /** Notes work that began at {@code begin}, by {@link System#nanoTime}, and ends now. */
  public void since(long begin) {
    timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
  }

  /** How often something was noted. */
  public long count() {
    return timer.count();
  }
}
