package dev.inkan.core.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records of an audit trail were read, and how far signatures cover them.
 *
 * @param before the number of the record before the first that was read; 0 for a trail from its
 *     beginning
 * @param last the number of the last record, or {@code before}
 * @param covered the last record that a sound checkpoint covers, or {@code before}
 * @param coveredAt when that checkpoint was signed; empty if there is none
 */
public record AuditReach(long before, long last, long covered, Optional<Instant> coveredAt) {

  /** How many records at the end no sound checkpoint covers. */
  public long uncovered() {
    return last - covered;
  }

  String sentence() {
    String earlier =
        before == 0 ? "" : "; what came before record " + (before + 1) + " is not in this export";
    return covering() + earlier;
  }

  private String covering() {
    if (coveredAt.isEmpty() || covered == before) {
      return "no checkpoint covers any of the " + uncovered() + " records";
    }
    String signed =
        "the checkpoint signed at "
            + AuditChain.time(coveredAt.get())
            + " covers records "
            + (before + 1)
            + " to "
            + covered;
    return uncovered() == 0
        ? signed
        : signed + "; " + uncovered() + " records after the last checkpoint are not covered";
  }
}
