package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.CertificateStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** {@link CertificateStore} on the {@code certificate} table, inside the handle's transaction. */
final class JdbiCertificateStore implements CertificateStore {

  private static final String SELECT =
      """
      SELECT serial_number, kind, issuer, subscriber_id, not_before, not_after, state,
             prepared_at, prepared_by, revoked_at, revocation_reason, invalidity_date
      FROM certificate
      """;

  private static final String LOCK_SUBSCRIBER =
      """
      SELECT id FROM app_user WHERE id = :subscriber AND removed_at IS NULL FOR UPDATE
      """;

  private static final String SELECT_BY_SUBSCRIBER =
      SELECT
          + """
          WHERE subscriber_id = :subscriber
          ORDER BY ordinal
          """;

  private static final String SELECT_BY_SERIAL =
      SELECT
          + """
          WHERE serial_number = :serial
          """;

  private static final String SELECT_BY_FINGERPRINT =
      SELECT
          + """
          WHERE fingerprint = :fingerprint
          """;

  private static final String SELECT_PREPARED =
      SELECT
          + """
          WHERE prepared_by = :node AND state = 'PREPARED'
          ORDER BY ordinal
          """;

  private static final String SELECT_DER =
      """
      SELECT der FROM certificate WHERE serial_number = :serial AND der IS NOT NULL
      """;

  private static final String INSERT =
      """
      INSERT INTO certificate (serial_number, kind, issuer, subscriber_id, not_before, not_after, state,
        prepared_at, prepared_by, der, fingerprint, revoked_at, revocation_reason, current_for)
      VALUES (:serial, :kind, :issuer, :subscriber, :notBefore, :notAfter, :state,
        :preparedAt, :preparedBy, :der, :fingerprint, :revokedAt, :reason, :currentFor)
      """;

  private static final String MARK_ISSUED =
      """
      UPDATE certificate SET state = 'ISSUED', der = :der, fingerprint = :fingerprint
      WHERE serial_number = :serial AND state = 'PREPARED'
      """;

  private static final String ABANDON =
      """
      UPDATE certificate
      SET state = 'ABANDONED', der = :der, fingerprint = :fingerprint,
          revoked_at = :revokedAt, revocation_reason = :reason, current_for = NULL
      WHERE serial_number = :serial AND state = 'PREPARED'
      """;

  private static final String REVOKE =
      """
      UPDATE certificate
      SET revoked_at = :revokedAt, revocation_reason = :reason, invalidity_date = :invalidityDate,
          current_for = NULL
      WHERE serial_number = :serial AND state = 'ISSUED'
        AND (revoked_at IS NULL OR revocation_reason = 6)
      """;

  private static final String HOLD =
      """
      UPDATE certificate
      SET revoked_at = :revokedAt, revocation_reason = :reason, invalidity_date = :invalidityDate
      WHERE serial_number = :serial AND state = 'ISSUED' AND revoked_at IS NULL
        AND (released_at IS NULL OR released_at < :revokedAt)
      """;

  private static final String RELEASE =
      """
      UPDATE certificate
      SET revoked_at = NULL, revocation_reason = NULL, invalidity_date = NULL, released_at = :at
      WHERE serial_number = :serial AND state = 'ISSUED' AND revocation_reason = 6
        AND revoked_at < :at
      """;

  private static final String SELECT_RELEASED =
      """
      SELECT released_at FROM certificate
      WHERE serial_number = :serial AND released_at IS NOT NULL
      """;

  private final Handle handle;
  private final LedgerEnd end;
  private final CurrentMark mark;

  JdbiCertificateStore(Handle handle, LedgerEnd end) {
    this.handle = handle;
    this.end = end;
    this.mark = new CurrentMark(handle);
  }

  @Override
  public boolean lock(SubscriberId subscriber) {
    return handle
        .createQuery(LOCK_SUBSCRIBER)
        .bind("subscriber", subscriber.value())
        .map((row, context) -> row.getString("id"))
        .findOne()
        .isPresent();
  }

  @Override
  public List<CertificateRecord> findBySubscriber(SubscriberId subscriber) {
    return handle
        .createQuery(SELECT_BY_SUBSCRIBER)
        .bind("subscriber", subscriber.value())
        .map(CertificateRows::toRecord)
        .list();
  }

  @Override
  public Optional<CertificateRecord> find(SerialNumber serialNumber) {
    return handle
        .createQuery(SELECT_BY_SERIAL)
        .bind("serial", serialNumber.toString())
        .map(CertificateRows::toRecord)
        .findOne();
  }

  @Override
  public Optional<CertificateRecord> find(Fingerprint fingerprint) {
    return handle
        .createQuery(SELECT_BY_FINGERPRINT)
        .bind("fingerprint", fingerprint.hex())
        .map(CertificateRows::toRecord)
        .findOne();
  }

  @Override
  public Optional<Der> encoded(SerialNumber serialNumber) {
    return handle
        .createQuery(SELECT_DER)
        .bind("serial", serialNumber.toString())
        .map((row, context) -> Der.copyOf(row.getBytes("der")))
        .findOne();
  }

  @Override
  public List<CertificateRecord> findPrepared(NodeName node) {
    return handle
        .createQuery(SELECT_PREPARED)
        .bind("node", node.value())
        .map(CertificateRows::toRecord)
        .list();
  }

  @Override
  public void prepare(CertificateRecord prepared) {
    if (prepared.state() != LedgerState.PREPARED || prepared.revocation().isPresent()) {
      throw new IllegalArgumentException("entry " + prepared.serialNumber() + " is not PREPARED");
    }
    insert(prepared, Optional.empty());
  }

  @Override
  public void restore(CertificateRecord issued, Der certificate) {
    if (issued.state() != LedgerState.ISSUED) {
      throw new IllegalArgumentException("entry " + issued.serialNumber() + " is not ISSUED");
    }
    insert(issued, Optional.of(certificate));
  }

  private void insert(CertificateRecord entry, Optional<Der> certificate) {
    boolean current = mark.take(entry);
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("serial", entry.serialNumber().toString())
            .bind("kind", entry.kind().name())
            .bind("issuer", entry.issuer().value())
            .bind("subscriber", entry.subscriber().value())
            .bind("notBefore", utc(entry.validity().notBefore()))
            .bind("notAfter", utc(entry.validity().notAfter()))
            .bind("state", entry.state().name())
            .bind("preparedAt", utc(entry.preparedAt()))
            .bind("preparedBy", entry.preparedBy().value());
    Columns.bind(insert, "der", certificate.map(Der::toByteArray).orElse(null), byte[].class);
    Columns.bindText(insert, "fingerprint", certificate.map(Fingerprint::of).map(Fingerprint::hex));
    Columns.bindTime(insert, "revokedAt", entry.revocation().map(CertificateStatus.Revoked::at));
    Columns.bind(
        insert,
        "reason",
        entry.revocation().map(revoked -> revoked.reason().code()).orElse(null),
        Integer.class);
    Columns.bindText(
        insert, "currentFor", current ? Optional.of(entry.subscriber().value()) : Optional.empty());
    insert.execute();
    end.changed(entry.serialNumber());
  }

  @Override
  public boolean markIssued(SerialNumber serialNumber, Der certificate) {
    var update =
        handle
            .createUpdate(MARK_ISSUED)
            .bind("serial", serialNumber.toString())
            .bind("der", certificate.toByteArray())
            .bind("fingerprint", Fingerprint.of(certificate).hex());
    return change(serialNumber, update);
  }

  @Override
  public boolean abandon(SerialNumber serialNumber, Instant at, Optional<Der> signed) {
    var update =
        handle
            .createUpdate(ABANDON)
            .bind("serial", serialNumber.toString())
            .bind("revokedAt", utc(at))
            .bind("reason", RevocationReason.UNSPECIFIED.code());
    Columns.bind(update, "der", signed.map(Der::toByteArray).orElse(null), byte[].class);
    Columns.bindText(update, "fingerprint", signed.map(Fingerprint::of).map(Fingerprint::hex));
    return change(serialNumber, update);
  }

  @Override
  public boolean revoke(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
    return change(serialNumber, revoked(REVOKE, serialNumber, revocation));
  }

  @Override
  public boolean hold(SerialNumber serialNumber, CertificateStatus.Revoked hold) {
    return change(serialNumber, revoked(HOLD, serialNumber, hold));
  }

  private Update revoked(String sql, SerialNumber serialNumber, CertificateStatus.Revoked by) {
    Update update =
        handle
            .createUpdate(sql)
            .bind("serial", serialNumber.toString())
            .bind("revokedAt", utc(by.at()))
            .bind("reason", by.reason().code());
    return Columns.bindTime(update, "invalidityDate", by.invalidityDate());
  }

  @Override
  public boolean release(SerialNumber serialNumber, Instant at) {
    var update =
        handle.createUpdate(RELEASE).bind("serial", serialNumber.toString()).bind("at", utc(at));
    return change(serialNumber, update);
  }

  @Override
  public Optional<Instant> released(SerialNumber serialNumber) {
    return handle
        .createQuery(SELECT_RELEASED)
        .bind("serial", serialNumber.toString())
        .map((row, context) -> Columns.instant(row, "released_at"))
        .findOne();
  }

  /** Whether {@code update} found the entry as it must be; if so, the change is numbered. */
  private boolean change(SerialNumber serialNumber, Update update) {
    boolean done = update.execute() == 1;
    if (done) {
      end.changed(serialNumber);
    }
    return done;
  }
}
