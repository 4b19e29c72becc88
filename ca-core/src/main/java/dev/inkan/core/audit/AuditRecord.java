package dev.inkan.core.audit;

/**
 * One row of the audit trail.
 *
 * @param number 1 for the first, and one more for each that follows, in the order of the commits
 * @param hash over the record before, the number and the entry; see {@link AuditChain}
 */
public record AuditRecord(long number, AuditEntry entry, ChainHash hash) {

  /** Whether the hash is the one that follows {@code previous}. */
  public boolean follows(ChainHash previous) {
    return hash.equals(AuditChain.next(previous, number, entry));
  }
}
