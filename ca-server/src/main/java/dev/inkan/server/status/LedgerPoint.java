package dev.inkan.server.status;

import dev.inkan.core.audit.ChainHash;

/**
 * How far a ledger had come at a moment. Whatever the same ledger comes to later holds this point:
 * its numbers are no lower, and its audit trail goes through this very record.
 *
 * @param change the number of the last change of a certificate
 * @param auditNumber of the last audit record; zero before the first
 * @param auditHash of that record
 */
public record LedgerPoint(long change, long auditNumber, ChainHash auditHash) {

  /** Before anything happened: every ledger holds it. */
  public static final LedgerPoint START = new LedgerPoint(0, 0, ChainHash.START);
}
