package dev.inkan.server.store;

import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code audit_event} as they are. */
final class AuditRows {

  private AuditRows() {}

  static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        Columns.instant(row, "occurred_at"),
        row.getString("actor_kind"),
        row.getString("actor_name"),
        row.getString("action"),
        Columns.optionalText(row, "subscriber_id"),
        Columns.optionalText(row, "serial_number"),
        row.getString("detail"));
  }

  static AuditRecord toRecord(ResultSet row, StatementContext context) throws SQLException {
    return new AuditRecord(row.getLong("number"), entry(row), new ChainHash(row.getString("hash")));
  }
}
