package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.registration.administration.DirectoryStore;
import dev.inkan.server.registration.administration.ListedUser;
import dev.inkan.server.registration.administration.UserPage;
import dev.inkan.server.registration.administration.UserQuery;
import dev.inkan.server.registration.mail.MailState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * {@link DirectoryStore} over users, certificates and mails, inside the handle's transaction. The
 * list is one statement: it finds the users and the newest certificate of each by index, numbers
 * them in the order asked for, and looks up mails for one page alone.
 */
final class JdbiDirectoryStore implements DirectoryStore {

  private static final String FOUND =
      "SELECT "
          + UserRows.COLUMNS
          + """
            , CASE WHEN u.blocked THEN 0 WHEN u.locked_until > :now THEN 1
                   WHEN u.initial_until <= :now THEN 2 WHEN u.initial_until IS NOT NULL THEN 3
                   ELSE 4 END AS weight,
            (SELECT MAX(n.ordinal) FROM certificate n
             WHERE n.subscriber_id = u.id AND n.kind = 'SUBSCRIBER' AND n.state = 'ISSUED') AS newest
          FROM app_user u JOIN organisation o ON o.number = u.organisation_number
          WHERE u.organisation_number = :organisation AND u.role = 'GENERAL'
            AND u.removed_at IS NULL
            AND (LOWER(u.user_id) LIKE :halfWidth ESCAPE '!' OR LOWER(u.mail) LIKE :halfWidth ESCAPE '!'
                 OR LOWER(u.name) LIKE :pattern ESCAPE '!')
          """;

  private static final String LIST =
      """
      SELECT placed.*,
        (SELECT m.state FROM mail_outbox m
         WHERE m.subscriber_id = placed.id AND m.recipient = placed.mail
           AND m.state IN ('SENT', 'REFUSED')
         ORDER BY m.number DESC FETCH FIRST 1 ROW ONLY) AS mail_state
      FROM (
        SELECT found.*, c.serial_number, c.kind, c.issuer, c.subscriber_id, c.not_before,
          c.not_after,
          c.state, c.prepared_at, c.prepared_by, c.revoked_at, c.revocation_reason,
          c.invalidity_date,
          ROW_NUMBER() OVER (ORDER BY %s) AS place, COUNT(*) OVER () AS total
        FROM (
      """
          + FOUND
          + """
        ) found LEFT JOIN certificate c ON c.ordinal = found.newest
      ) placed
      WHERE place > LEAST(:before, (total - 1) / :size * :size)
        AND place <= LEAST(:before, (total - 1) / :size * :size) + :size
      ORDER BY place
      """;

  private final Handle handle;

  JdbiDirectoryStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public UserPage list(String organisationNumber, UserQuery query, Instant now) {
    List<Placed> placed =
        handle
            .createQuery(String.format(LIST, order(query)))
            .bind("organisation", organisationNumber)
            .bind("pattern", query.pattern())
            .bind("halfWidth", query.halfWidthPattern())
            .bind("now", utc(now))
            .bind("before", (query.page() - 1L) * UserQuery.PAGE_SIZE)
            .bind("size", (long) UserQuery.PAGE_SIZE)
            .map(JdbiDirectoryStore::toPlaced)
            .list();
    if (placed.isEmpty()) {
      return UserPage.empty();
    }
    Placed first = placed.get(0);
    return new UserPage(placed.stream().map(Placed::user).toList(), first.place(), first.total());
  }

  private static String order(UserQuery query) {
    String way = query.descending() ? " DESC" : " ASC";
    String column =
        switch (query.sort()) {
          case USER_ID -> "";
          case NAME -> "found.name" + way + ", ";
          case STATE -> "found.weight" + way + ", ";
          case CERTIFICATE_END -> "c.not_after" + way + " NULLS LAST, ";
        };
    String last = column.isEmpty() ? way : " ASC";
    return column + "LOWER(found.user_id)" + last + ", found.user_id" + last;
  }

  private record Placed(ListedUser user, int place, int total) {}

  private static Placed toPlaced(ResultSet row, StatementContext context) throws SQLException {
    Optional<CertificateRecord> newest =
        row.getString("serial_number") == null
            ? Optional.empty()
            : Optional.of(CertificateRows.toRecord(row, context));
    boolean refused = MailState.REFUSED.name().equals(row.getString("mail_state"));
    return new Placed(
        new ListedUser(UserRows.toUser(row, context), newest, refused),
        row.getInt("place"),
        row.getInt("total"));
  }
}
