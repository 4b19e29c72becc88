package dev.inkan.server.status;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far this process has seen the ledger come, and whether it was replaced since the start:
 * restored from a backup under the running server, or exchanged for a copy that was behind. What
 * the database forgot stands in the servers' journals, which only a start reads. Safe for use by
 * several threads.
 */
public final class LedgerHistory {

  private final AtomicReference<Optional<LedgerPoint>> last =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> replaced =
      new AtomicReference<>(Optional.empty());

  /** The ledger has come this far. */
  void saw(LedgerPoint point) {
    last.set(Optional.of(point));
  }

  /** How far the ledger was seen to have come. */
  Optional<LedgerPoint> last() {
    return requireNonNull(last.get());
  }

  /** The ledger was replaced: from now on {@link #requireOne} throws. */
  void replaced(LedgerReplacedException how) {
    replaced.set(Optional.of(String.valueOf(how.getMessage())));
  }

  /**
   * Checks that it is one ledger since the start.
   *
   * @throws LedgerReplacedException if it was replaced
   */
  void requireOne() {
    requireNonNull(replaced.get())
        .ifPresent(
            how -> {
              throw new LedgerReplacedException(how + "; restart every server");
            });
  }
}
