package dev.inkan.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verification of an audit trail found.
 *
 * @param records how many were read
 * @param checkpoints how many were read
 * @param last the number of the last record, or 0
 * @param covered the last record that a sound checkpoint covers, or 0
 * @param coveredAt when that checkpoint was signed
 * @param findings the first hundred alterations; none if the trail is as it was written
 * @param findingCount how many there are
 */
public record AuditVerdict(
    long records,
    long checkpoints,
    long last,
    long covered,
    Optional<Instant> coveredAt,
    List<AuditFinding> findings,
    long findingCount) {

  public AuditVerdict {
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. What no checkpoint covers may still have been written anew. */
  public boolean isSound() {
    return findingCount == 0;
  }

  /** How many records at the end no sound checkpoint covers. */
  public long uncovered() {
    return last - covered;
  }

  /** How far the signatures reach, in a sentence. */
  public String coverage() {
    if (coveredAt.isEmpty()) {
      return "no checkpoint covers any of the " + uncovered() + " records";
    }
    String signed =
        "the checkpoint signed at "
            + AuditChain.time(coveredAt.get())
            + " covers records 1 to "
            + covered;
    return uncovered() == 0
        ? signed
        : signed + "; " + uncovered() + " records after the last checkpoint are not covered";
  }
}
