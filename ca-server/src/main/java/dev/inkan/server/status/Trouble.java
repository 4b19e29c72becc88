package dev.inkan.server.status;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is tried again and again, and told when it begins to fail, once an hour while it
 * does, and when it is over. For one thread at a time.
 */
final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
  private static final Duration TELL_EVERY = Duration.ofHours(1);

  private final String what;
  private final Duration pause;

  // Both by the clock that no one sets.
  private Optional<Long> failedAt = Optional.empty();
  private Optional<Long> toldAt = Optional.empty();

  /**
   * @param what in a sentence, for the operator
   * @param pause how long nothing is tried after a failure
   */
  Trouble(String what, Duration pause) {
    this.what = what;
    this.pause = pause;
  }

  /** Tries, unless it failed a moment ago. */
  void attempt(Runnable action) {
    if (failedAt.filter(at -> System.nanoTime() - at < pause.toNanos()).isPresent()) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException e) {
      failedAt = Optional.of(System.nanoTime());
      tell(e);
      return;
    }
    failedAt = Optional.empty();
    if (toldAt.isPresent()) {
      LOG.info("over: {}", what);
      toldAt = Optional.empty();
    }
  }

  private void tell(RuntimeException e) {
    if (isToBeTold()) {
      LOG.error("{}; the last one stays and is served: {}", what, e.getMessage(), e);
    }
  }

  /** Whether it was not told within the hour; from now on it was. */
  boolean isToBeTold() {
    long now = System.nanoTime();
    boolean due = toldAt.map(at -> now - at > TELL_EVERY.toNanos()).orElse(true);
    if (due) {
      toldAt = Optional.of(now);
    }
    return due;
  }
}
