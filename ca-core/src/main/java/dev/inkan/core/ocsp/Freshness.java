package dev.inkan.core.ocsp;

import java.time.Instant;

/**
 * The three times in an answer, each to the second.
 *
 * @param producedAt when it is signed
 * @param thisUpdate when what it says was known to be right
 * @param nextUpdate until when it may be relied on
 */
public record Freshness(Instant producedAt, Instant thisUpdate, Instant nextUpdate) {

  public Freshness {
    if (nextUpdate.isBefore(thisUpdate)) {
      throw new IllegalArgumentException("nextUpdate " + nextUpdate + " is before " + thisUpdate);
    }
  }
}
