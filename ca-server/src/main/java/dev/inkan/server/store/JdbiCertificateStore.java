package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.store.CertificateStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link CertificateStore} on the {@code certificate} table, inside the handle's transaction. */
final class JdbiCertificateStore implements CertificateStore {

  private static final String SELECT =
      """
      SELECT serial_number, kind, subscriber_id, not_before, not_after, state,
             prepared_at, prepared_by, revoked_at, revocation_reason
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

  private static final String CLEAR_CURRENT =
      """
      UPDATE certificate SET current_for = NULL
      WHERE current_for = :subscriber AND prepared_at <= :preparedAt
      """;

  private static final String HAS_CURRENT =
      """
      SELECT COUNT(*) FROM certificate WHERE current_for = :subscriber
      """;

  private static final String INSERT =
      """
      INSERT INTO certificate (serial_number, kind, subscriber_id, not_before, not_after, state,
        prepared_at, prepared_by, der, fingerprint, revoked_at, revocation_reason, current_for)
      VALUES (:serial, :kind, :subscriber, :notBefore, :notAfter, :state,
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
      SET revoked_at = :revokedAt, revocation_reason = :reason, current_for = NULL
      WHERE serial_number = :serial AND state = 'ISSUED' AND revoked_at IS NULL
      """;

  private final Handle handle;

  JdbiCertificateStore(Handle handle) {
    this.handle = handle;
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
        .map(JdbiCertificateStore::toRecord)
        .list();
  }

  @Override
  public Optional<CertificateRecord> find(SerialNumber serialNumber) {
    return handle
        .createQuery(SELECT_BY_SERIAL)
        .bind("serial", serialNumber.toString())
        .map(JdbiCertificateStore::toRecord)
        .findOne();
  }

  @Override
  public Optional<CertificateRecord> find(Fingerprint fingerprint) {
    return handle
        .createQuery(SELECT_BY_FINGERPRINT)
        .bind("fingerprint", fingerprint.hex())
        .map(JdbiCertificateStore::toRecord)
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
        .map(JdbiCertificateStore::toRecord)
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
    boolean current = takesCurrentMark(entry);
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("serial", entry.serialNumber().toString())
            .bind("kind", entry.kind().name())
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
  }

  /** Takes the mark from an older entry; a newer one, met while restoring, keeps it. */
  private boolean takesCurrentMark(CertificateRecord entry) {
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

  @Override
  public boolean markIssued(SerialNumber serialNumber, Der certificate) {
    return handle
            .createUpdate(MARK_ISSUED)
            .bind("serial", serialNumber.toString())
            .bind("der", certificate.toByteArray())
            .bind("fingerprint", Fingerprint.of(certificate).hex())
            .execute()
        == 1;
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
    return update.execute() == 1;
  }

  @Override
  public boolean revoke(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
    return handle
            .createUpdate(REVOKE)
            .bind("serial", serialNumber.toString())
            .bind("revokedAt", utc(revocation.at()))
            .bind("reason", revocation.reason().code())
            .execute()
        == 1;
  }

  static CertificateRecord toRecord(ResultSet row, StatementContext context) throws SQLException {
    return new CertificateRecord(
        SerialNumber.parse(row.getString("serial_number")),
        CertificateKind.valueOf(row.getString("kind")),
        new SubscriberId(row.getString("subscriber_id")),
        new Validity(instant(row, "not_before"), instant(row, "not_after")),
        LedgerState.valueOf(row.getString("state")),
        instant(row, "prepared_at"),
        new NodeName(row.getString("prepared_by")),
        revocation(row));
  }

  private static Optional<CertificateStatus.Revoked> revocation(ResultSet row) throws SQLException {
    Optional<Instant> at = Columns.optionalInstant(row, "revoked_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    RevocationReason reason =
        RevocationReason.ofCode(row.getInt("revocation_reason")).orElseThrow();
    return at.map(when -> new CertificateStatus.Revoked(when, reason));
  }
}
