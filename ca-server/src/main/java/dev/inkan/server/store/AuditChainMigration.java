package dev.inkan.server.store;

import dev.inkan.core.audit.AuditChain;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.ChainHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Version 3.1: numbers and ties the audit events that were written before there was a chain, in the
 * order of their identifiers, a page at a time. SQL cannot, for want of one way to hash.
 */
final class AuditChainMigration implements JavaMigration {

  private static final int PAGE = 1000;

  private static final String SELECT =
      """
      SELECT id, occurred_at, actor_kind, actor_name, action, subscriber_id, serial_number, detail
      FROM audit_event WHERE id > ? ORDER BY id LIMIT
      """
          + PAGE;

  private static final String UPDATE = "UPDATE audit_event SET number = ?, hash = ? WHERE id = ?";

  private static final String HEAD = "UPDATE ledger_head SET audit_number = ?, audit_hash = ?";

  private record Reached(long id, long number, ChainHash hash) {}

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("3.1");
  }

  @Override
  public String getDescription() {
    return "audit chain of the past";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    Reached reached = new Reached(Long.MIN_VALUE, 0, ChainHash.START);
    boolean more = true;
    while (more) {
      Reached next = page(connection, reached);
      more = next.number() > reached.number();
      reached = next;
    }
    try (PreparedStatement head = connection.prepareStatement(HEAD)) {
      head.setLong(1, reached.number());
      head.setString(2, reached.hash().hex());
      head.executeUpdate();
    }
    replaceKey(connection);
  }

  private static Reached page(Connection connection, Reached from) throws SQLException {
    Reached reached = from;
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        PreparedStatement update = connection.prepareStatement(UPDATE)) {
      select.setLong(1, from.id());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long number = reached.number() + 1;
          AuditEntry entry = AuditRows.entry(row);
          reached =
              new Reached(
                  row.getLong("id"), number, AuditChain.next(reached.hash(), number, entry));
          update.setLong(1, number);
          update.setString(2, reached.hash().hex());
          update.setLong(3, reached.id());
          update.addBatch();
        }
      }
      update.executeBatch();
    }
    return reached;
  }

  /** The number is in the order of the commits, which the old identifier never was. */
  private static void replaceKey(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE audit_event ALTER COLUMN number SET NOT NULL");
      statement.execute("ALTER TABLE audit_event ALTER COLUMN hash SET NOT NULL");
      statement.execute("ALTER TABLE audit_event DROP CONSTRAINT audit_event_id_is_taken");
      statement.execute("ALTER TABLE audit_event DROP COLUMN id");
      statement.execute(
          "ALTER TABLE audit_event ADD CONSTRAINT audit_number_is_taken PRIMARY KEY (number)");
    }
  }
}
