package dev.inkan.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, each time. */
final class Delays {

  private final List<Duration> sorted = new ArrayList<>();

  void add(Duration delay) {
    sorted.add(delay);
    Collections.sort(sorted);
  }

  Duration slowest() {
    return sorted.get(sorted.size() - 1);
  }

  private Duration quantile(double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }

  @Override
  public String toString() {
    return "median %d ms, 95th percentile %d ms, slowest %d ms, of %d"
        .formatted(
            quantile(0.5).toMillis(),
            quantile(0.95).toMillis(),
            slowest().toMillis(),
            sorted.size());
  }
}
