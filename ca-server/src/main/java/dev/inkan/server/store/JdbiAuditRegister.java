package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.api.ActivityCount;
import dev.inkan.core.api.AuditLine;
import dev.inkan.core.api.Page;
import dev.inkan.server.operation.AuditRegister;
import dev.inkan.server.operation.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@link AuditRegister} on the {@code audit_event} table, inside the handle's transaction. */
final class JdbiAuditRegister implements AuditRegister {

  private static final String SELECT =
      """
      SELECT e.number, e.occurred_at, e.actor_kind, e.actor_name, e.action, e.subscriber_id,
             e.serial_number, e.detail, u.user_id
      FROM audit_event e LEFT JOIN app_user u ON u.id = e.subscriber_id
      """;

  private static final String COUNTS =
      """
      SELECT action, actor_kind, COUNT(*) AS events FROM audit_event
      WHERE occurred_at >= :from AND occurred_at < :to
      GROUP BY action, actor_kind
      ORDER BY action, actor_kind
      """;

  private final Handle handle;

  JdbiAuditRegister(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Page<AuditLine> list(AuditSearch search, Paging paging) {
    List<AuditLine> read =
        new Conditions()
            .and(search.actor(), "actor", "e.actor_name = :actor")
            .and(search.action(), "action", "e.action = :action")
            .and(search.serialNumber(), "serial", "e.serial_number = :serial")
            .and(search.userId(), "user", "u.user_id = :user")
            .and(search.from(), "from", "e.occurred_at >= :from")
            .and(search.to(), "to", "e.occurred_at < :to")
            .and(paging.after().map(Cursors::number), "after", "e.number < :after")
            .on(handle, SELECT, "ORDER BY e.number DESC FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> toLine(row))
            .list();
    return paging.page(read, it -> it, it -> Long.toString(it.number()));
  }

  @Override
  public List<ActivityCount> counts(Instant from, Instant to) {
    return handle
        .createQuery(COUNTS)
        .bind("from", utc(from))
        .bind("to", utc(to))
        .map(
            (row, context) ->
                new ActivityCount(
                    row.getString("action"), row.getString("actor_kind"), row.getLong("events")))
        .list();
  }

  private static AuditLine toLine(ResultSet row) throws SQLException {
    return new AuditLine(
        row.getLong("number"),
        Columns.instant(row, "occurred_at"),
        row.getString("actor_kind"),
        row.getString("actor_name"),
        row.getString("action"),
        Columns.optionalText(row, "subscriber_id"),
        Columns.optionalText(row, "user_id"),
        Columns.optionalText(row, "serial_number"),
        row.getString("detail"));
  }
}
