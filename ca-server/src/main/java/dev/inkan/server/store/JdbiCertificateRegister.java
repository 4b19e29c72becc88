package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.FileDelivery;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.Revocation;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.operation.CertificateRegister;
import dev.inkan.server.operation.CertificateSearch;
import dev.inkan.server.operation.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link CertificateRegister} over ledger, users and applications, inside the transaction. */
final class JdbiCertificateRegister implements CertificateRegister {

  private static final String SELECT =
      """
      SELECT c.serial_number, c.ordinal, c.kind, c.subscriber_id, c.not_before, c.not_after,
             c.state, c.prepared_at, c.fingerprint, c.revoked_at, c.revocation_reason,
             c.invalidity_date,
             u.user_id, u.name AS user_name, o.number AS organisation_number,
             o.name AS organisation_name, a.delivered_at, a.file_until,
             (SELECT MAX(i.request_number) FROM revocation_item i
              WHERE i.serial_number = c.serial_number AND i.state = 'REVOKED') AS request_number
      FROM certificate c
      LEFT JOIN app_user u ON u.id = c.subscriber_id
      LEFT JOIN organisation o ON o.number = u.organisation_number
      LEFT JOIN certificate_application a ON a.serial_number = c.serial_number
      """;

  private static final int HOLD = RevocationReason.CERTIFICATE_HOLD.code();

  private static final String COUNTS =
      "c.state = 'ISSUED' AND c.revoked_at IS NULL AND c.not_after >= :now";

  private static final String UNRENEWED =
      """
      NOT EXISTS (SELECT 1 FROM certificate newer
        WHERE newer.subscriber_id = c.subscriber_id AND newer.kind = c.kind
          AND newer.state = 'ISSUED' AND newer.revoked_at IS NULL AND newer.ordinal > c.ordinal)
      """;

  private static final String COUNTING_OF =
      """
      SELECT c.serial_number FROM certificate c JOIN app_user u ON u.id = c.subscriber_id
      WHERE u.organisation_number = :number AND c.kind = 'SUBSCRIBER' AND c.state = 'ISSUED'
        AND (c.revoked_at IS NULL OR c.revocation_reason = :hold) AND c.not_after >= :now
      ORDER BY c.ordinal
      """;

  private final Handle handle;

  JdbiCertificateRegister(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Page<Certificate> list(CertificateSearch search, Paging paging, Instant now) {
    Conditions conditions =
        new Conditions()
            .and(search.kind().map(CertificateKind::name), "kind", "c.kind = :kind")
            .and(search.userId(), "user", "u.user_id = :user")
            .and(search.organisation(), "organisation", "o.number = :organisation")
            .and(search.serial().map(it -> it + "%"), "serial", "c.serial_number LIKE :serial")
            .and(search.expiresBefore(), "before", "c.not_after < :before")
            .and(search.expiresAfter(), "after", "c.not_after > :after");
    search.state().ifPresent(state -> conditions.and(conditionOf(state)));
    if (search.undelivered()) {
      conditions.and(COUNTS).and("a.state = 'ISSUED' AND a.delivered_at IS NULL");
    }
    if (search.unrenewed()) {
      conditions.and(UNRENEWED);
    }
    String order = after(conditions, search, paging);
    List<Row> read =
        conditions
            .on(handle, SELECT, order + " FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .bind("now", utc(now.truncatedTo(SECONDS)))
            .map((row, context) -> toRow(row, now))
            .list();
    return paging.page(
        read, Row::certificate, row -> search.unrenewed() ? row.byEnd() : row.byOrdinal());
  }

  private static String after(Conditions conditions, CertificateSearch search, Paging paging) {
    // Every query names :now once, whatever else it asks.
    conditions.and("CAST(:now AS TIMESTAMP WITH TIME ZONE) IS NOT NULL");
    if (!search.unrenewed()) {
      conditions.and(paging.after().map(Cursors::number), "cursor", "c.ordinal < :cursor");
      return "ORDER BY c.ordinal DESC";
    }
    Optional<String[]> parts = paging.after().map(it -> Cursors.parts(it, 2));
    conditions
        .and(parts.map(it -> Cursors.time(it[0])), "end", "c.not_after >= :end")
        .and(
            parts.map(it -> Cursors.number(it[1])),
            "cursor",
            "(c.not_after > :end OR c.ordinal > :cursor)");
    return "ORDER BY c.not_after, c.ordinal";
  }

  private static String conditionOf(CertificateState state) {
    return switch (state) {
      case VALID -> COUNTS;
      case EXPIRED -> "c.state = 'ISSUED' AND c.revoked_at IS NULL AND c.not_after < :now";
      case HELD -> "c.state = 'ISSUED' AND c.revocation_reason = " + HOLD;
      case REVOKED ->
          "c.state = 'ISSUED' AND c.revoked_at IS NOT NULL AND c.revocation_reason <> " + HOLD;
      case ABANDONED -> "c.state = 'ABANDONED'";
      case PREPARED -> "c.state = 'PREPARED'";
    };
  }

  @Override
  public Optional<Certificate> find(SerialNumber serialNumber, Instant now) {
    return handle
        .createQuery(SELECT + " WHERE c.serial_number = :serial")
        .bind("serial", serialNumber.toString())
        .map((row, context) -> toRow(row, now).certificate())
        .findOne();
  }

  @Override
  public List<SerialNumber> countingOf(String organisation, Instant now) {
    return handle
        .createQuery(COUNTING_OF)
        .bind("number", organisation)
        .bind("hold", HOLD)
        .bind("now", utc(now.truncatedTo(SECONDS)))
        .map((row, context) -> SerialNumber.parse(row.getString("serial_number")))
        .list();
  }

  private record Row(Certificate certificate, long ordinal) {

    String byOrdinal() {
      return Long.toString(ordinal);
    }

    String byEnd() {
      return Cursors.of(certificate.notAfter(), ordinal);
    }
  }

  private static Row toRow(ResultSet row, Instant now) throws SQLException {
    Optional<Revocation> revocation = revocation(row);
    Instant notAfter = Columns.instant(row, "not_after");
    Certificate certificate =
        new Certificate(
            row.getString("serial_number"),
            CertificateKind.valueOf(row.getString("kind")),
            state(LedgerState.valueOf(row.getString("state")), revocation, notAfter, now),
            row.getString("subscriber_id"),
            Columns.optionalText(row, "user_id"),
            Columns.optionalText(row, "user_name"),
            Columns.optionalText(row, "organisation_number"),
            Columns.optionalText(row, "organisation_name"),
            Columns.instant(row, "prepared_at"),
            Columns.instant(row, "not_before"),
            notAfter,
            revocation,
            Columns.optionalText(row, "fingerprint"),
            file(row));
    return new Row(certificate, row.getLong("ordinal"));
  }

  private static Optional<FileDelivery> file(ResultSet row) throws SQLException {
    Optional<Instant> fetched = Columns.optionalInstant(row, "delivered_at");
    return Columns.optionalInstant(row, "file_until")
        .map(until -> new FileDelivery(fetched, until));
  }

  private static Optional<Revocation> revocation(ResultSet row) throws SQLException {
    Optional<Instant> at = Columns.optionalInstant(row, "revoked_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    long request = row.getLong("request_number");
    Optional<Long> number = row.wasNull() ? Optional.empty() : Optional.of(request);
    RevocationReason reason =
        RevocationReason.ofCode(row.getInt("revocation_reason")).orElseThrow();
    return Optional.of(
        new Revocation(at.get(), reason, Columns.optionalInstant(row, "invalidity_date"), number));
  }

  private static CertificateState state(
      LedgerState ledger, Optional<Revocation> revocation, Instant notAfter, Instant now) {
    if (ledger != LedgerState.ISSUED) {
      return CertificateState.valueOf(ledger.name());
    }
    if (revocation.isPresent()) {
      return revocation.get().reason() == RevocationReason.CERTIFICATE_HOLD
          ? CertificateState.HELD
          : CertificateState.REVOKED;
    }
    // The last second counts in full.
    return now.isBefore(notAfter.plusSeconds(1))
        ? CertificateState.VALID
        : CertificateState.EXPIRED;
  }
}
