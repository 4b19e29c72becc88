package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.simulation.Ending;
import dev.inkan.server.simulation.Records;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link Records} of a database. Safe for several threads. */
public final class JdbiRecords implements Records {

  // Whoever renewed has a newer one, and this one's end is none of theirs.
  private static final String USER_CERTIFICATES =
      """
      SELECT u.user_id, c.not_before, c.not_after
      FROM certificate c JOIN app_user u ON u.id = c.subscriber_id
      WHERE c.kind = 'SUBSCRIBER' AND c.state = 'ISSUED' AND c.revoked_at IS NULL
        AND c.not_after >= :from AND u.removed_at IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM certificate newer
          WHERE newer.subscriber_id = c.subscriber_id AND newer.kind = 'SUBSCRIBER'
            AND newer.state = 'ISSUED' AND newer.revoked_at IS NULL
            AND newer.prepared_at > c.prepared_at)
      ORDER BY u.user_id
      """;

  // A responder's renews itself.
  private static final String OWN_CERTIFICATES =
      """
      SELECT kind, serial_number, not_before, not_after FROM certificate
      WHERE kind NOT IN ('SUBSCRIBER', 'OCSP_RESPONDER') AND state = 'ISSUED' AND revoked_at IS NULL
        AND not_after >= :from
      ORDER BY ordinal
      """;

  private static final String INITIAL_PASSWORDS =
      """
      SELECT user_id AS whose, initial_until AS ends FROM app_user
      WHERE initial_until >= :from AND removed_at IS NULL
      ORDER BY user_id
      """;

  private static final String INVITATIONS =
      """
      SELECT organisation_number AS whose, expires_at AS ends FROM master_invitation
      WHERE expires_at >= :from AND used_at IS NULL
      ORDER BY organisation_number
      """;

  private static final String LOCKS =
      """
      SELECT user_id AS whose, locked_until AS ends FROM app_user
      WHERE locked_until >= :from AND NOT blocked AND removed_at IS NULL
      UNION ALL
      SELECT organisation_number AS whose, locked_until AS ends FROM master_invitation
      WHERE locked_until >= :from AND NOT blocked AND used_at IS NULL
      ORDER BY whose
      """;

  private static final String READER =
      """
      SELECT u.user_id FROM mail_outbox m JOIN app_user u ON u.id = m.subscriber_id
      WHERE m.number = :number
      """;

  private final Database database;

  public JdbiRecords(Database database) {
    this.database = database;
  }

  @Override
  public List<Ending> endingsFrom(Instant from) {
    return database.inTransaction(
        handle ->
            Stream.of(
                    endings(handle, USER_CERTIFICATES, from, JdbiRecords::userCertificate),
                    endings(handle, OWN_CERTIFICATES, from, JdbiRecords::ownCertificate),
                    endings(
                        handle,
                        INITIAL_PASSWORDS,
                        from,
                        (row, context) ->
                            new Ending.InitialPassword(
                                row.getString("whose"), instant(row, "ends"))),
                    endings(
                        handle,
                        INVITATIONS,
                        from,
                        (row, context) ->
                            new Ending.Invitation(row.getString("whose"), instant(row, "ends"))),
                    endings(
                        handle,
                        LOCKS,
                        from,
                        (row, context) ->
                            new Ending.Lock(row.getString("whose"), instant(row, "ends"))))
                .flatMap(List::stream)
                .toList());
  }

  private static List<Ending> endings(
      Handle handle, String query, Instant from, RowMapper<Ending> mapper) {
    return handle.createQuery(query).bind("from", utc(from)).map(mapper).list();
  }

  private static Ending userCertificate(ResultSet row, StatementContext context)
      throws SQLException {
    return new Ending.UserCertificate(row.getString("user_id"), validity(row));
  }

  private static Ending ownCertificate(ResultSet row, StatementContext context)
      throws SQLException {
    return new Ending.OwnCertificate(
        CertificateKind.valueOf(row.getString("kind")),
        row.getString("serial_number"),
        validity(row));
  }

  private static Validity validity(ResultSet row) throws SQLException {
    return new Validity(instant(row, "not_before"), instant(row, "not_after"));
  }

  @Override
  public Optional<String> readerOf(MailNumber number) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(READER)
                .bind("number", number.value())
                .map((row, context) -> row.getString("user_id"))
                .findOne());
  }
}
