package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import java.util.List;

/** The audit trail as it lies in the database. */
public final class AuditTrail {

  private AuditTrail() {}

  static List<AuditRecord> records(Database database) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT * FROM audit_event ORDER BY number")
                .map(AuditRows::toRecord)
                .list());
  }

  /** Checks that the audit trail has neither gap nor break, and ends where the head says. */
  public static void requireWhole(Database database) {
    ChainHash previous = ChainHash.START;
    long number = 0;
    for (AuditRecord written : records(database)) {
      number++;
      assertThat(written.number()).isEqualTo(number);
      assertThat(written.follows(previous)).as("record %d follows", number).isTrue();
      previous = written.hash();
    }
    LedgerHead head = database.inTransaction(LedgerHead::lock);
    assertThat(head.auditNumber()).isEqualTo(number);
    assertThat(head.auditHash()).isEqualTo(previous);
  }
}
