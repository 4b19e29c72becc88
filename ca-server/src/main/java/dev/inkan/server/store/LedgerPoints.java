package dev.inkan.server.store;

import dev.inkan.core.audit.ChainHash;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.LedgerReplacedException;
import org.jdbi.v3.core.Handle;

/** Where the ledger stands, and whether it is still the one that was seen. */
final class LedgerPoints {

  private static final long NONE = 0;

  // One statement, so that all of it is of one moment.
  private static final String SELECT =
      """
      SELECT change_number, audit_number, audit_hash,
        (SELECT hash FROM audit_event WHERE number = :seen) AS hash_seen
      FROM ledger_head WHERE id = 1
      """;

  private LedgerPoints() {}

  static LedgerPoint now(Handle handle) {
    return look(handle, NONE).now();
  }

  /**
   * Where the ledger stands.
   *
   * @throws LedgerReplacedException if it does not hold {@code seen}
   */
  static LedgerPoint requireHolds(Handle handle, LedgerPoint seen) {
    Look look = look(handle, seen.auditNumber());
    LedgerPoint now = look.now();
    boolean holds =
        now.change() >= seen.change()
            && now.auditNumber() >= seen.auditNumber()
            && (seen.auditNumber() == NONE || seen.auditHash().hex().equals(look.hashSeen()));
    if (!holds) {
      throw new LedgerReplacedException(seen, now);
    }
    return now;
  }

  private record Look(LedgerPoint now, String hashSeen) {}

  private static Look look(Handle handle, long seen) {
    return handle
        .createQuery(SELECT)
        .bind("seen", seen)
        .map(
            (row, context) ->
                new Look(
                    new LedgerPoint(
                        row.getLong("change_number"),
                        row.getLong("audit_number"),
                        new ChainHash(row.getString("audit_hash"))),
                    Columns.optionalText(row, "hash_seen").orElse("")))
        .one();
  }
}
