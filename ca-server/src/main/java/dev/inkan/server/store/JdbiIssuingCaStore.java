package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.optionalInstant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.IssuingCaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link IssuingCaStore} on the {@code ca} table, inside the handle's transaction. */
final class JdbiIssuingCaStore implements IssuingCaStore {

  private static final String SELECT =
      """
      SELECT name, number, certificate, requested_at, certified_at, issues_from, retired_at
      FROM ca
      WHERE number > 0
      ORDER BY number
      """;

  private static final String LOCK =
      """
      SELECT name FROM ca WHERE number = 0 FOR UPDATE
      """;

  private static final String INSERT =
      """
      INSERT INTO ca (name, number, requested_at) VALUES (:name, :number, :requestedAt)
      """;

  private static final String CERTIFY =
      """
      UPDATE ca SET certificate = :certificate, certified_at = :at
      WHERE name = :name AND certificate IS NULL
      """;

  private static final String ADOPT =
      """
      UPDATE ca SET certificate = :certificate WHERE name = :name AND certificate IS NULL
      """;

  private static final String ISSUE_FROM =
      """
      UPDATE ca SET issues_from = :at WHERE name = :name
      """;

  private static final String RETIRE =
      """
      UPDATE ca SET retired_at = :at WHERE name = :name AND retired_at IS NULL
      """;

  private static final String LAST_END =
      """
      SELECT MAX(not_after) AS last_end FROM certificate
      WHERE issuer = :name AND kind <> 'OCSP_RESPONDER'
      """;

  private static final String HAS_CRL =
      """
      SELECT COUNT(*) FROM crl WHERE ca = :name
      """;

  private static final String NEWEST_CRL =
      """
      SELECT number, next_update FROM crl WHERE ca = :name
      ORDER BY number DESC FETCH FIRST 1 ROW ONLY
      """;

  private static final String RESPONDER_END =
      """
      SELECT MAX(not_after) AS last_end FROM certificate
      WHERE issuer = :name AND kind = 'OCSP_RESPONDER' AND state = 'ISSUED'
        AND revoked_at IS NULL
      """;

  private static final String STARTED_BEFORE =
      """
      SELECT e.actor_name FROM audit_event e
      WHERE e.action = 'SERVER_STARTED' AND e.occurred_at < :at
        AND NOT EXISTS (
          SELECT 1 FROM audit_event later
          WHERE later.actor_name = e.actor_name AND later.number > e.number
            AND later.action IN ('SERVER_STARTED', 'SERVER_STOPPED'))
      ORDER BY e.actor_name
      """;

  private final Handle handle;

  JdbiIssuingCaStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Generations all() {
    return new Generations(
        handle.createQuery(SELECT).map((row, context) -> toGeneration(row)).list());
  }

  @Override
  public Generations lock() {
    handle.createQuery(LOCK).map((row, context) -> row.getString("name")).one();
    return all();
  }

  @Override
  public void add(Generation requested) {
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("name", requested.name().value())
            .bind("number", requested.number());
    Columns.bindTime(insert, "requestedAt", requested.requested()).execute();
  }

  @Override
  public boolean certify(CaName name, Der certificate, Instant at) {
    return handle
            .createUpdate(CERTIFY)
            .bind("name", name.value())
            .bind("certificate", certificate.toByteArray())
            .bind("at", utc(at))
            .execute()
        == 1;
  }

  @Override
  public void adopt(CaName name, Der certificate) {
    handle
        .createUpdate(ADOPT)
        .bind("name", name.value())
        .bind("certificate", certificate.toByteArray())
        .execute();
  }

  @Override
  public void issueFrom(CaName name, Instant from) {
    at(ISSUE_FROM, name, from);
  }

  @Override
  public void retire(CaName name, Instant at) {
    at(RETIRE, name, at);
  }

  private void at(String sql, CaName name, Instant at) {
    handle.createUpdate(sql).bind("name", name.value()).bind("at", utc(at)).execute();
  }

  @Override
  public Optional<Instant> lastEnd(CaName name) {
    return handle
        .createQuery(LAST_END)
        .bind("name", name.value())
        .map((row, context) -> optionalInstant(row, "last_end"))
        .one();
  }

  @Override
  public boolean hasCrl(CaName name) {
    return handle
            .createQuery(HAS_CRL)
            .bind("name", name.value())
            .map((row, context) -> row.getLong(1))
            .one()
        > 0;
  }

  @Override
  public Optional<NewestCrl> newestCrl(CaName name) {
    return handle
        .createQuery(NEWEST_CRL)
        .bind("name", name.value())
        .map(
            (row, context) ->
                new NewestCrl(new CrlNumber(row.getLong("number")), instant(row, "next_update")))
        .findOne();
  }

  @Override
  public Optional<Instant> responderEnd(CaName name) {
    return handle
        .createQuery(RESPONDER_END)
        .bind("name", name.value())
        .map((row, context) -> optionalInstant(row, "last_end"))
        .one();
  }

  @Override
  public List<String> startedBefore(Instant at) {
    return handle
        .createQuery(STARTED_BEFORE)
        .bind("at", utc(at))
        .map((row, context) -> row.getString("actor_name"))
        .list();
  }

  private static Generation toGeneration(ResultSet row) throws SQLException {
    return new Generation(
        new CaName(row.getString("name")),
        row.getInt("number"),
        Optional.ofNullable(row.getBytes("certificate")).map(Der::copyOf),
        optionalInstant(row, "requested_at"),
        optionalInstant(row, "certified_at"),
        optionalInstant(row, "issues_from"),
        optionalInstant(row, "retired_at"));
  }
}
