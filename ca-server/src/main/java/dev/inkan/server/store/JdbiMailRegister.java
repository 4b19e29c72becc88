package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.mail.MailEntry;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.MailRegister;
import dev.inkan.server.registration.mail.MailState;
import dev.inkan.server.registration.mail.RefusedMail;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link MailRegister} on the {@code mail_outbox} table, inside the handle's transaction. */
final class JdbiMailRegister implements MailRegister {

  private static final String LIST =
      """
      SELECT m.number, u.user_id, m.kind, m.recipient, m.state, m.attempts, m.created_at, m.due_at,
             m.claimed_until, m.ended_at, m.reason
      FROM mail_outbox m JOIN app_user u ON u.id = m.subscriber_id
      WHERE u.user_id = :user
      ORDER BY m.number DESC
      FETCH FIRST :limit ROWS ONLY
      """;

  private static final String LAST_REFUSED =
      """
      SELECT m.number, m.kind, m.recipient, m.ended_at, m.reason
      FROM mail_outbox m
      WHERE m.state = 'REFUSED' AND m.number = (
        SELECT MAX(l.number)
        FROM mail_outbox l JOIN app_user u ON u.id = l.subscriber_id AND u.mail = l.recipient
        WHERE l.subscriber_id = :user AND l.state IN ('SENT', 'REFUSED'))
      """;

  private static final String HASTEN =
      """
      UPDATE mail_outbox SET due_at = :now
      WHERE number = :number AND state = 'QUEUED'
        AND (claimed_until IS NULL OR claimed_until <= :now)
      """;

  private final Handle handle;

  JdbiMailRegister(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<MailEntry> list(UserId user, int limit) {
    return handle
        .createQuery(LIST)
        .bind("user", user.value())
        .bind("limit", limit)
        .map(JdbiMailRegister::toEntry)
        .list();
  }

  @Override
  public Optional<RefusedMail> lastRefused(SubscriberId user) {
    return handle
        .createQuery(LAST_REFUSED)
        .bind("user", user.value())
        .map(JdbiMailRegister::toRefused)
        .findOne();
  }

  @Override
  public boolean hasten(MailNumber number, Instant now) {
    return handle
            .createUpdate(HASTEN)
            .bind("number", number.value())
            .bind("now", utc(now))
            .execute()
        == 1;
  }

  private static MailEntry toEntry(ResultSet row, StatementContext context) throws SQLException {
    return new MailEntry(
        new MailNumber(row.getLong("number")),
        Columns.optionalText(row, "user_id").map(UserId::new),
        row.getString("kind"),
        new MailAddress(row.getString("recipient")),
        MailState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "due_at"),
        Columns.optionalInstant(row, "claimed_until"),
        Columns.optionalInstant(row, "ended_at"),
        Columns.optionalText(row, "reason"));
  }

  private static RefusedMail toRefused(ResultSet row, StatementContext context)
      throws SQLException {
    return new RefusedMail(
        new MailNumber(row.getLong("number")),
        row.getString("kind"),
        new MailAddress(row.getString("recipient")),
        Columns.instant(row, "ended_at"),
        Columns.optionalText(row, "reason").orElse(""));
  }
}
