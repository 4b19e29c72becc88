package dev.inkan.core.authority;

import dev.inkan.core.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a node began and could not bring to its end because the ledger went away in the middle:
 * whether it was committed is not known, or the journal says what the ledger does not. Kept in
 * memory alone, since the node's next start finds all of it in the journal too. Whoever embeds the
 * authority calls {@link #finish} now and then. Safe for use by several threads.
 */
public final class UnfinishedWork {

  /** More than a server takes on while its database is away; what is beyond waits for a start. */
  private static final int MAXIMUM = 10_000;

  private final Deque<Runnable> left = new ArrayDeque<>();

  /**
   * Keeps one piece.
   *
   * @param end does it, or finds that it is done; may be run any number of times until it returns
   */
  public synchronized void add(Runnable end) {
    if (left.size() < MAXIMUM) {
      left.addLast(end);
    }
  }

  /** How many pieces there are. */
  public synchronized int size() {
    return left.size();
  }

  /**
   * Ends what can be ended, the oldest first, up to the first that cannot; that one becomes the
   * last.
   *
   * @return how many were ended
   * @throws StoreUnavailableException if the ledger is still away
   */
  public int finish() {
    int ended = 0;
    for (int most = size(); ended < most; ended++) {
      Optional<Runnable> oldest = take();
      if (oldest.isEmpty()) {
        break;
      }
      end(oldest.get());
    }
    return ended;
  }

  private void end(Runnable piece) {
    boolean done = false;
    try {
      piece.run();
      done = true;
    } finally {
      if (!done) {
        add(piece);
      }
    }
  }

  private synchronized Optional<Runnable> take() {
    return Optional.ofNullable(left.pollFirst());
  }
}
