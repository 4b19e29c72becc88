package dev.inkan.server.store;

import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import org.jdbi.v3.core.Handle;

/** {@link AuditTrail} on the {@code audit_event} table, inside the handle's transaction. */
final class JdbiAuditTrail implements AuditTrail {

  private static final String INSERT =
      """
      INSERT INTO audit_event (occurred_at, actor_kind, actor_name, action, subscriber_id,
        serial_number, detail)
      VALUES (:at, :actorKind, :actorName, :action, :subscriber, :serial, :detail)
      """;

  private final Handle handle;

  JdbiAuditTrail(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void append(AuditEvent event) {
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("at", Columns.utc(event.at()))
            .bind("actorKind", event.actor().kind().name())
            .bind("actorName", event.actor().name())
            .bind("action", event.action().name())
            .bind("detail", event.detail());
    Columns.bindText(insert, "subscriber", event.subscriber().map(SubscriberId::value));
    Columns.bindText(insert, "serial", event.serialNumber().map(SerialNumber::toString));
    insert.execute();
  }
}
