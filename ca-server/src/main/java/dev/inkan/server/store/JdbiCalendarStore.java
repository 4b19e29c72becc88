package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ExpiryNotices;
import dev.inkan.server.registration.certificate.CalendarStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** {@link CalendarStore} on the {@code calendar_notice} table, inside the handle's transaction. */
final class JdbiCalendarStore implements CalendarStore {

  // A newer certificate renews this one; one revoked before this one's end leaves the holder with
  // this one again. On hold (6) it may come back, and nobody is asked to renew meanwhile.
  private static final String STILL_DUE =
      """
            c.kind = 'SUBSCRIBER' AND c.state = 'ISSUED' AND c.revoked_at IS NULL
        AND c.not_after >= :from AND c.not_after < :before
        AND EXISTS (
          SELECT 1 FROM app_user u WHERE u.id = c.subscriber_id AND u.removed_at IS NULL)
        AND NOT EXISTS (
          SELECT 1 FROM certificate newer
          WHERE newer.subscriber_id = c.subscriber_id AND newer.kind = 'SUBSCRIBER'
            AND newer.state = 'ISSUED' AND newer.prepared_at > c.prepared_at
            AND (newer.revoked_at IS NULL OR newer.revocation_reason = 6
              OR newer.revoked_at > c.not_after))
        AND NOT EXISTS (
          SELECT 1 FROM calendar_notice told
          WHERE told.serial_number = c.serial_number AND told.kind IN (<settledBy>))
      """;

  private static final String SELECT_DUE =
      """
      SELECT c.serial_number, c.kind, c.issuer, c.subscriber_id, c.not_before, c.not_after, c.state,
             c.prepared_at, c.prepared_by, c.revoked_at, c.revocation_reason,
             c.invalidity_date
      FROM certificate c
      WHERE c.serial_number > :after AND
      """
          + STILL_DUE
          + """
          ORDER BY c.serial_number
          FETCH FIRST :limit ROWS ONLY
          """;

  private static final String INSERT =
      """
      INSERT INTO calendar_notice (serial_number, kind, noticed_at)
      SELECT c.serial_number, CAST(:told AS VARCHAR(16)),
             CAST(:at AS TIMESTAMP(6) WITH TIME ZONE)
      FROM certificate c
      WHERE c.serial_number = :serial AND
      """
          + STILL_DUE;

  private final Handle handle;

  JdbiCalendarStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<CertificateRecord> due(
      ExpiryNotices.Round round, Optional<SerialNumber> after, int limit) {
    return within(round, handle.createQuery(SELECT_DUE))
        .bind("after", after.map(SerialNumber::toString).orElse(""))
        .bind("limit", limit)
        .map(CertificateRows::toRecord)
        .list();
  }

  @Override
  public boolean note(SerialNumber serialNumber, ExpiryNotices.Round round, Instant at) {
    return within(round, handle.createUpdate(INSERT))
            .bind("serial", serialNumber.toString())
            .bind("told", round.notice().kind())
            .bind("at", utc(at))
            .execute()
        == 1;
  }

  private static <S extends SqlStatement<S>> S within(ExpiryNotices.Round round, S statement) {
    return statement
        .bind("from", utc(round.notAfterFrom()))
        .bind("before", utc(round.notAfterBefore()))
        .bindList("settledBy", round.settledBy());
  }
}
