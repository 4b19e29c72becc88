package dev.inkan.server.store;

import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.certificate.SerialNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What one transaction writes as its last act: its audit events, and the numbers of its changes to
 * certificates. Until then they are kept in memory, so that the one row that orders all
 * transactions is locked as shortly as can be, and after every other.
 */
final class LedgerEnd implements AuditTrail {

  private static final String INSERT =
      """
      INSERT INTO audit_event (number, hash, occurred_at, actor_kind, actor_name, action,
        subscriber_id, serial_number, detail)
      VALUES (:number, :hash, :at, :actorKind, :actorName, :action, :subscriber, :serial, :detail)
      """;

  private static final String NUMBER_CHANGE =
      """
      UPDATE certificate SET change_number = :number WHERE serial_number = :serial
      """;

  private final List<AuditEntry> entries = new ArrayList<>();
  private final Set<SerialNumber> changed = new LinkedHashSet<>();

  @Override
  public void append(AuditEvent event) {
    entries.add(AuditEntry.of(event));
  }

  /** This transaction wrote the certificate's row. */
  void changed(SerialNumber serialNumber) {
    changed.add(serialNumber);
  }

  /** The certificates whose rows this transaction wrote. */
  Set<SerialNumber> changed() {
    return Set.copyOf(changed);
  }

  /** What this transaction says in the audit trail. */
  List<AuditEntry> entries() {
    return List.copyOf(entries);
  }

  /** Writes it all; a transaction that did neither locks nothing. */
  void write(Handle handle) {
    if (entries.isEmpty() && changed.isEmpty()) {
      return;
    }
    LedgerHead head = LedgerHead.lock(handle);
    head = writeEvents(handle, head);
    head = numberChanges(handle, head);
    head.save(handle);
  }

  // One by one, not as a batch, whose exceptions would tell what is written.
  private LedgerHead writeEvents(Handle handle, LedgerHead from) {
    LedgerHead head = from;
    for (AuditEntry entry : entries) {
      AuditRecord written = head.next(entry);
      head = head.after(written);
      insert(handle, written);
    }
    return head;
  }

  private static void insert(Handle handle, AuditRecord written) {
    AuditEntry entry = written.entry();
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("number", written.number())
            .bind("hash", written.hash().hex())
            .bind("at", Columns.utc(entry.at()))
            .bind("actorKind", entry.actorKind())
            .bind("actorName", entry.actorName())
            .bind("action", entry.action())
            .bind("detail", entry.detail());
    Columns.bindText(insert, "subscriber", entry.subscriber());
    Columns.bindText(insert, "serial", entry.serialNumber());
    insert.execute();
  }

  private LedgerHead numberChanges(Handle handle, LedgerHead from) {
    LedgerHead head = from;
    for (SerialNumber serialNumber : changed) {
      head = head.afterChange();
      handle
          .createUpdate(NUMBER_CHANGE)
          .bind("number", head.changeNumber())
          .bind("serial", serialNumber.toString())
          .execute();
    }
    return head;
  }
}
