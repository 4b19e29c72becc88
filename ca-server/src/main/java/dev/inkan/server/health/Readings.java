package dev.inkan.server.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is looked up now and then, by a thread of its own: whoever asks gets what was
 * found last, and never waits. Safe for use by several threads.
 *
 * @param <T> what is found
 */
public final class Readings<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

  private final BoundedAnswer<Optional<T>> answer;

  /**
   * @param look may fail: then it is not known until it succeeds again
   * @param fresh how long what was found counts
   */
  public Readings(String what, Supplier<T> look, Duration fresh, Executor threads) {
    this.answer =
        new BoundedAnswer<>(
            () -> {
              try {
                return Optional.of(look.get());
              } catch (RuntimeException e) {
                LOG.debug("{} cannot be read: {}", what, e.getMessage());
                return Optional.empty();
              }
            },
            fresh,
            threads);
  }

  /** What was found last; nothing before the first time, and after a failure. */
  public Optional<T> last() {
    return answer.last().flatMap(found -> found);
  }
}
