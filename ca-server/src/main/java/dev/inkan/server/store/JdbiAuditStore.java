package dev.inkan.server.store;

import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.audit.AuditFilter;
import dev.inkan.server.audit.AuditStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link AuditStore} of a database. Safe for use by several threads. */
public final class JdbiAuditStore implements AuditStore {

  private static final String SELECT =
      """
      SELECT number, hash, occurred_at, actor_kind, actor_name, action, subscriber_id,
        serial_number, detail
      FROM audit_event
      """;

  private static final String EXTENT =
      """
      SELECT audit_number, (SELECT COALESCE(MAX(number), 0) FROM audit_event) AS found,
        (SELECT COALESCE(MAX(number), 0) FROM audit_checkpoint) AS signed
      FROM ledger_head
      """;

  private static final String SELECT_CHECKPOINTS =
      """
      SELECT number, hash, signed_at, previous_number, signed_by, signature FROM audit_checkpoint
      """;

  private static final String ADD_CHECKPOINT =
      """
      INSERT INTO audit_checkpoint (number, hash, signed_at, previous_number, signed_by, signature)
      VALUES (:number, :hash, :at, :previous, :signedBy, :signature)
      """;

  private static final String CERTIFICATES =
      """
      SELECT der FROM certificate WHERE kind IN ('AUDIT', 'ISSUING_CA') AND der IS NOT NULL
      ORDER BY ordinal
      """;

  private final Database database;

  public JdbiAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public List<AuditRecord> after(long number, AuditFilter filter, int limit) {
    return records(filter, "number > :number", "ASC", number, limit);
  }

  @Override
  public List<AuditRecord> before(long number, AuditFilter filter, int limit) {
    return records(filter, "number < :number", "DESC", number, limit);
  }

  private List<AuditRecord> records(
      AuditFilter filter, String place, String order, long number, int limit) {
    List<String> conditions = new ArrayList<>(List.of(place));
    filter.actor().ifPresent(it -> conditions.add("actor_name = :actor"));
    filter.action().ifPresent(it -> conditions.add("action = :action"));
    filter.subscriber().ifPresent(it -> conditions.add("subscriber_id = :subscriber"));
    filter.serialNumber().ifPresent(it -> conditions.add("serial_number = :serial"));
    filter.from().ifPresent(it -> conditions.add("occurred_at >= :from"));
    filter.to().ifPresent(it -> conditions.add("occurred_at < :to"));
    String sql =
        SELECT
            + " WHERE "
            + String.join(" AND ", conditions)
            + " ORDER BY number "
            + order
            + " LIMIT :limit";
    return database.inTransaction(
        handle -> {
          Query query = handle.createQuery(sql).bind("number", number).bind("limit", limit);
          filter.actor().ifPresent(it -> query.bind("actor", it));
          filter.action().ifPresent(it -> query.bind("action", it));
          filter.subscriber().ifPresent(it -> query.bind("subscriber", it));
          filter.serialNumber().ifPresent(it -> query.bind("serial", it));
          filter.from().ifPresent(it -> query.bind("from", Columns.utc(it)));
          filter.to().ifPresent(it -> query.bind("to", Columns.utc(it)));
          return query.map(AuditRows::toRecord).list();
        });
  }

  @Override
  public Extent extent() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(EXTENT)
                .map(
                    (row, context) ->
                        new Extent(
                            row.getLong("audit_number"),
                            row.getLong("found"),
                            row.getLong("signed")))
                .one());
  }

  @Override
  public Optional<AuditCheckpoint> checkpointUpTo(long number) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    SELECT_CHECKPOINTS + " WHERE number <= :number ORDER BY number DESC LIMIT 1")
                .bind("number", number)
                .map(JdbiAuditStore::toCheckpoint)
                .findOne());
  }

  @Override
  public List<AuditCheckpoint> checkpointsAfter(long number, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    SELECT_CHECKPOINTS + " WHERE number > :number ORDER BY number LIMIT :limit")
                .bind("number", number)
                .bind("limit", limit)
                .map(JdbiAuditStore::toCheckpoint)
                .list());
  }

  @Override
  public boolean add(AuditCheckpoint checkpoint) {
    try {
      return database.inTransaction(
          handle ->
              handle
                      .createUpdate(ADD_CHECKPOINT)
                      .bind("number", checkpoint.number())
                      .bind("hash", checkpoint.hash().hex())
                      .bind("at", Columns.utc(checkpoint.at()))
                      .bind("previous", checkpoint.previous())
                      .bind("signedBy", checkpoint.signedBy())
                      .bind("signature", checkpoint.signature())
                      .execute()
                  == 1);
    } catch (StoreUnavailableException e) {
      if (SqlFailure.of(e).isUniqueViolation()) {
        return false; // another server was faster
      }
      throw e;
    }
  }

  @Override
  public List<Der> certificates() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(CERTIFICATES)
                .map((row, context) -> Der.copyOf(row.getBytes("der")))
                .list());
  }

  private static AuditCheckpoint toCheckpoint(ResultSet row, StatementContext context)
      throws SQLException {
    return new AuditCheckpoint(
        row.getLong("number"),
        new ChainHash(row.getString("hash")),
        Columns.instant(row, "signed_at"),
        row.getLong("previous_number"),
        row.getString("signed_by"),
        row.getString("signature"));
  }
}
