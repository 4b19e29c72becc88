package dev.inkan.server.store;

import dev.inkan.core.audit.AuditChain;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import org.jdbi.v3.core.Handle;

/**
 * How far the audit chain and the certificates' changes have come: the one row of {@code
 * ledger_head}. Whoever holds its lock holds it until the commit, so numbers are given in the order
 * of the commits and none is lost.
 */
record LedgerHead(long auditNumber, ChainHash auditHash, long changeNumber) {

  private static final String LOCK =
      """
      SELECT audit_number, audit_hash, change_number FROM ledger_head WHERE id = 1 FOR UPDATE
      """;

  private static final String SAVE =
      """
      UPDATE ledger_head
      SET audit_number = :auditNumber, audit_hash = :auditHash, change_number = :changeNumber
      WHERE id = 1
      """;

  /** To be a transaction's last lock: whoever holds it waits for nobody. */
  static LedgerHead lock(Handle handle) {
    return handle
        .createQuery(LOCK)
        .map(
            (row, context) ->
                new LedgerHead(
                    row.getLong("audit_number"),
                    new ChainHash(row.getString("audit_hash")),
                    row.getLong("change_number")))
        .one();
  }

  AuditRecord next(AuditEntry entry) {
    long number = auditNumber + 1;
    return new AuditRecord(number, entry, AuditChain.next(auditHash, number, entry));
  }

  LedgerHead after(AuditRecord written) {
    return new LedgerHead(written.number(), written.hash(), changeNumber);
  }

  LedgerHead afterChange() {
    return new LedgerHead(auditNumber, auditHash, changeNumber + 1);
  }

  void save(Handle handle) {
    handle
        .createUpdate(SAVE)
        .bind("auditNumber", auditNumber)
        .bind("auditHash", auditHash.hex())
        .bind("changeNumber", changeNumber)
        .execute();
  }
}
