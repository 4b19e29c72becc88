package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code certificate} as the ledger's entries. */
final class CertificateRows {

  private CertificateRows() {}

  static CertificateRecord toRecord(ResultSet row, StatementContext context) throws SQLException {
    return new CertificateRecord(
        SerialNumber.parse(row.getString("serial_number")),
        CertificateKind.valueOf(row.getString("kind")),
        new CaName(row.getString("issuer")),
        new SubscriberId(row.getString("subscriber_id")),
        new Validity(instant(row, "not_before"), instant(row, "not_after")),
        LedgerState.valueOf(row.getString("state")),
        instant(row, "prepared_at"),
        new NodeName(row.getString("prepared_by")),
        revocation(row));
  }

  /** Empty while it is neither revoked nor on hold. */
  static Optional<CertificateStatus.Revoked> revocation(ResultSet row) throws SQLException {
    Optional<Instant> at = Columns.optionalInstant(row, "revoked_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    RevocationReason reason =
        RevocationReason.ofCode(row.getInt("revocation_reason")).orElseThrow();
    Optional<Instant> invalidityDate = Columns.optionalInstant(row, "invalidity_date");
    return at.map(when -> new CertificateStatus.Revoked(when, reason, invalidityDate));
  }
}
