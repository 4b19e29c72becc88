package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;

/**
 * How much happened.
 *
 * @param to not included
 */
public record ActivityReport(Instant from, Instant to, List<ActivityCount> counts) {
  public ActivityReport {
    counts = List.copyOf(counts);
  }
}
