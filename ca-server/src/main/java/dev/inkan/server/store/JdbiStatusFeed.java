package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.StatusChange;
import dev.inkan.server.status.StatusFeed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** {@link StatusFeed} on the {@code certificate} table and its change numbers. */
public final class JdbiStatusFeed implements StatusFeed {

  private static final int CHUNK = 5_000;

  private static final String COLUMNS =
      """
      SELECT serial_number, issuer, state, revoked_at, revocation_reason, fingerprint
      """;

  private static final String SELECT_ALL =
      COLUMNS
          + """
          , ordinal AS place
          FROM certificate
          WHERE ordinal > :after
          ORDER BY ordinal
          FETCH FIRST :chunk ROWS ONLY
          """;

  private static final String SELECT_CHANGES =
      COLUMNS
          + """
          , change_number AS place
          FROM certificate
          WHERE change_number > :after
          ORDER BY change_number
          FETCH FIRST :chunk ROWS ONLY
          """;

  private final Database database;

  public JdbiStatusFeed(Database database) {
    this.database = database;
  }

  /**
   * Page by page, each as it stands at its moment. What changes meanwhile has a number above the
   * position, which is taken before the first page, and comes again as a change.
   */
  @Override
  public LedgerPoint readAll(Consumer<StatusChange> each) {
    LedgerPoint position = database.inTransaction(LedgerPoints::now);
    long after = 0;
    List<Row> rows;
    do {
      rows = read(SELECT_ALL, after);
      for (Row row : rows) {
        row.change().ifPresent(each);
        after = row.place();
      }
    } while (rows.size() == CHUNK);
    return position;
  }

  @Override
  public Changes changesAfter(long position, LedgerPoint seen) {
    return database.inTransaction(
        handle -> {
          LedgerPoint end = LedgerPoints.requireHolds(handle, seen);
          Instant time = database.time(handle);
          List<Row> rows = select(handle, SELECT_CHANGES, position);
          List<StatusChange> changes = new ArrayList<>(rows.size());
          rows.forEach(row -> row.change().ifPresent(changes::add));
          long next = rows.isEmpty() ? position : rows.get(rows.size() - 1).place();
          return new Changes(changes, next, rows.size() < CHUNK, end, time);
        });
  }

  private List<Row> read(String query, long after) {
    return database.inTransaction(handle -> select(handle, query, after));
  }

  private static List<Row> select(Handle handle, String query, long after) {
    return handle
        .createQuery(query)
        .bind("after", after)
        .bind("chunk", CHUNK)
        .map((row, context) -> Row.of(row))
        .list();
  }

  /**
   * One entry.
   *
   * @param change empty for the CAs' own certificates, which no responder answers for
   */
  private record Row(long place, Optional<StatusChange> change) {

    static Row of(ResultSet row) throws SQLException {
      Optional<StatusChange> change =
          row.getString("issuer").equals(CaName.ROOT.value())
              ? Optional.empty()
              : Optional.of(toChange(row));
      return new Row(row.getLong("place"), change);
    }

    private static StatusChange toChange(ResultSet row) throws SQLException {
      Optional<Instant> revokedAt = Columns.optionalInstant(row, "revoked_at");
      RevocationReason reason =
          RevocationReason.ofCode(row.getInt("revocation_reason")).orElseThrow();
      return StatusChange.of(
          new CaName(row.getString("issuer")),
          SerialNumber.parse(row.getString("serial_number")),
          LedgerState.valueOf(row.getString("state")),
          Columns.optionalText(row, "fingerprint").isPresent(),
          revokedAt.map(at -> new CertificateStatus.Revoked(at, reason)));
    }
  }
}
