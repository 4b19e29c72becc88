package dev.inkan.server.tls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many octets of request bodies one listener holds in memory. Safe for use by several threads.
 */
final class BodyBudget {

  private final AtomicLong left;

  BodyBudget(long octets) {
    this.left = new AtomicLong(octets);
  }

  /** What is left of it. */
  long left() {
    return left.get();
  }

  /** A share of it for one body, nothing at first. */
  Share share() {
    return new Share();
  }

  private boolean tryTake(long octets) {
    long before = left.get();
    while (before >= octets) {
      if (left.compareAndSet(before, before - octets)) {
        return true;
      }
      before = left.get();
    }
    return false;
  }

  /** One body's, which is given back as a whole. */
  final class Share implements AutoCloseable {

    private final AtomicLong taken = new AtomicLong();

    private Share() {}

    /** Makes it {@code octets} in all; false if there is not that much. */
    boolean takes(long octets) {
      long more = octets - taken.get();
      if (more > 0 && !tryTake(more)) {
        return false;
      }
      taken.addAndGet(Math.max(0, more));
      return true;
    }

    @Override
    public void close() {
      left.addAndGet(taken.getAndSet(0));
    }
  }
}
