package dev.inkan.server.store;

import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.Page;
import dev.inkan.server.operation.MailAdvice;
import dev.inkan.server.operation.MailBook;
import dev.inkan.server.operation.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link MailBook} on the {@code mail_outbox} table, inside the handle's transaction. */
final class JdbiMailBook implements MailBook {

  private static final String SELECT =
      """
      SELECT m.number, m.state, m.kind, u.user_id, m.recipient, m.attempts, m.created_at, m.due_at,
             m.ended_at, m.reason
      FROM mail_outbox m LEFT JOIN app_user u ON u.id = m.subscriber_id
      """;

  private final Handle handle;

  JdbiMailBook(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Page<Mail> list(Optional<MailState> state, Optional<String> userId, Paging paging) {
    List<Mail> read =
        new Conditions()
            .and(state.map(MailState::name), "state", "m.state = :state")
            .and(userId, "user", "u.user_id = :user")
            .and(paging.after().map(Cursors::number), "after", "m.number < :after")
            .on(handle, SELECT, "ORDER BY m.number DESC FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> toMail(row))
            .list();
    return paging.page(read, it -> it, it -> Long.toString(it.number()));
  }

  @Override
  public Optional<Mail> find(long number) {
    return handle
        .createQuery(SELECT + " WHERE m.number = :number")
        .bind("number", number)
        .map((row, context) -> toMail(row))
        .findOne();
  }

  private static Mail toMail(ResultSet row) throws SQLException {
    MailState state = MailState.valueOf(row.getString("state"));
    String kind = row.getString("kind");
    return new Mail(
        row.getLong("number"),
        state,
        kind,
        Columns.optionalText(row, "user_id"),
        row.getString("recipient"),
        row.getInt("attempts"),
        Columns.instant(row, "created_at"),
        state == MailState.QUEUED ? Columns.optionalInstant(row, "due_at") : Optional.empty(),
        Columns.optionalInstant(row, "ended_at"),
        Columns.optionalText(row, "reason"),
        state == MailState.REFUSED ? Optional.of(MailAdvice.of(kind)) : Optional.empty());
  }
}
