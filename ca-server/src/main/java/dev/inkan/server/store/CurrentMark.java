package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SubscriberId;
import org.jdbi.v3.core.Handle;

/**
 * The mark that only one certificate of a subscriber bears, the newest that counts. The schema lets
 * no second one have it.
 */
final class CurrentMark {

  private static final String CLEAR_CURRENT =
      """
      UPDATE certificate SET current_for = NULL
      WHERE current_for = :subscriber AND prepared_at <= :preparedAt
      """;

  private static final String HAS_CURRENT =
      """
      SELECT COUNT(*) FROM certificate WHERE current_for = :subscriber
      """;

  private final Handle handle;

  CurrentMark(Handle handle) {
    this.handle = handle;
  }

  /** Takes the mark from an older entry; a newer one, met while restoring, keeps it. */
  boolean take(CertificateRecord entry) {
    if (entry.kind() != CertificateKind.SUBSCRIBER || entry.revocation().isPresent()) {
      return false;
    }
    handle
        .createUpdate(CLEAR_CURRENT)
        .bind("subscriber", entry.subscriber().value())
        .bind("preparedAt", utc(entry.preparedAt()))
        .execute();
    return entry.state() == LedgerState.PREPARED || !hasCurrent(entry.subscriber());
  }

  private boolean hasCurrent(SubscriberId subscriber) {
    return handle
            .createQuery(HAS_CURRENT)
            .bind("subscriber", subscriber.value())
            .map((row, context) -> row.getLong(1))
            .one()
        > 0;
  }
}
