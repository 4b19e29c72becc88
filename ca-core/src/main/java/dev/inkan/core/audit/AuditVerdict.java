package dev.inkan.core.audit;

import java.util.List;

/**
 * What a verification of an audit trail found.
 *
 * @param records how many were read
 * @param checkpoints how many were read
 * @param reach which records were read, and how far checkpoints cover them
 * @param findings the first hundred alterations; none if the trail is as it was written
 * @param findingCount how many there are
 */
public record AuditVerdict(
    long records,
    long checkpoints,
    AuditReach reach,
    List<AuditFinding> findings,
    long findingCount) {

  public AuditVerdict {
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. What no checkpoint covers may still have been written anew. */
  public boolean isSound() {
    return findingCount == 0;
  }

  /** How far the signatures reach, in a sentence. */
  public String coverage() {
    return reach.sentence();
  }
}
