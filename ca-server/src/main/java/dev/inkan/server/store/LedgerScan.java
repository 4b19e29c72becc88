package dev.inkan.server.store;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the ledger in bulk, for holding it against the journal. */
final class LedgerScan {

  private static final int ROWS_AT_ONCE = 1000;

  private static final String SELECT_ENTRIES =
      """
      SELECT serial_number, state, fingerprint, revoked_at, revocation_reason
      FROM certificate
      WHERE serial_number IN (<serials>)
      """;

  private static final String SELECT_ISSUED =
      """
      SELECT serial_number
      FROM certificate
      WHERE prepared_by = :node AND state = 'ISSUED' AND kind = 'SUBSCRIBER'
      """;

  private final Database database;

  LedgerScan(Database database) {
    this.database = database;
  }

  /** What the journal is held against. */
  record Entry(
      SerialNumber serialNumber,
      LedgerState state,
      Optional<Fingerprint> fingerprint,
      boolean revokedForEver) {}

  /** The entries among {@code serials}, of which there is at least one. */
  Map<SerialNumber, Entry> find(Collection<SerialNumber> serials) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SELECT_ENTRIES)
                .bindList("serials", serials.stream().map(SerialNumber::toString).toList())
                .map(LedgerScan::toEntry)
                .collectToMap(Entry::serialNumber, entry -> entry));
  }

  /** Subscribers' certificates that {@code node} issued, one after the other. */
  void forEachIssued(NodeName node, Consumer<SerialNumber> action) {
    database.inTransaction(
        handle -> {
          handle
              .createQuery(SELECT_ISSUED)
              .bind("node", node.value())
              .setFetchSize(ROWS_AT_ONCE)
              .map((row, context) -> SerialNumber.parse(row.getString("serial_number")))
              .useIterator(serials -> serials.forEachRemaining(action));
          return 0;
        });
  }

  private static Entry toEntry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        SerialNumber.parse(row.getString("serial_number")),
        LedgerState.valueOf(row.getString("state")),
        Columns.optionalText(row, "fingerprint").map(Fingerprint::new),
        Columns.optionalInstant(row, "revoked_at").isPresent()
            && row.getInt("revocation_reason") != RevocationReason.CERTIFICATE_HOLD.code());
  }
}
