package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.mail.MailQueue;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * {@link MailQueue} on the {@code mail_outbox} table. A mail is taken by a conditional update, so
 * that of two servers that want it one gets it; its lease ends by itself if that server dies.
 */
public final class JdbiMailQueue implements MailQueue {

  private static final int REASON_MAXIMUM = 500;

  private static final String DROP_LATE =
      """
      UPDATE mail_outbox
      SET state = 'DROPPED', sealed = NULL, ended_at = :now, claimed_by = NULL,
          claimed_until = NULL
      WHERE state = 'QUEUED' AND deadline <= :now
        AND (claimed_until IS NULL OR claimed_until <= :now)
      """;

  private static final String SELECT_DUE =
      """
      SELECT number FROM mail_outbox
      WHERE state = 'QUEUED' AND due_at <= :now
        AND (claimed_until IS NULL OR claimed_until <= :now)
      ORDER BY number
      FETCH FIRST :limit ROWS ONLY
      """;

  private static final String CLAIM =
      """
      UPDATE mail_outbox
      SET claimed_by = :node, claimed_until = :until, attempts = attempts + 1
      WHERE number = :number AND state = 'QUEUED' AND due_at <= :now
        AND (claimed_until IS NULL OR claimed_until <= :now)
      """;

  private static final String SELECT_CLAIMED =
      """
      SELECT number, kind, recipient, sealed, attempts - 1 AS attempts_before, created_at
      FROM mail_outbox
      WHERE number = :number
      """;

  private static final String SENT =
      """
      UPDATE mail_outbox
      SET state = 'SENT', sealed = NULL, ended_at = :at, claimed_by = NULL, claimed_until = NULL
      WHERE number = :number AND state = 'QUEUED'
      """;

  private static final String RETRY =
      """
      UPDATE mail_outbox
      SET due_at = :next, reason = :reason, claimed_by = NULL, claimed_until = NULL
      WHERE number = :number AND state = 'QUEUED'
      """;

  private static final String REFUSED =
      """
      UPDATE mail_outbox
      SET state = 'REFUSED', sealed = NULL, ended_at = :at, reason = :reason, claimed_by = NULL,
          claimed_until = NULL
      WHERE number = :number AND state = 'QUEUED'
      """;

  private final Database database;

  public JdbiMailQueue(Database database) {
    this.database = database;
  }

  @Override
  public List<QueuedMail> claim(NodeName node, Instant now, Duration lease, int limit) {
    return database.inTransaction(
        handle -> {
          handle.createUpdate(DROP_LATE).bind("now", utc(now)).execute();
          return due(handle, now, limit).stream()
              .flatMap(number -> claim(handle, number, node, now, lease).stream())
              .toList();
        });
  }

  private static List<Long> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(SELECT_DUE)
        .bind("now", utc(now))
        .bind("limit", limit)
        .map((row, context) -> row.getLong("number"))
        .list();
  }

  private static Optional<QueuedMail> claim(
      Handle handle, long number, NodeName node, Instant now, Duration lease) {
    boolean taken =
        handle
                .createUpdate(CLAIM)
                .bind("number", number)
                .bind("node", node.value())
                .bind("now", utc(now))
                .bind("until", utc(now.plus(lease)))
                .execute()
            == 1;
    if (!taken) {
      return Optional.empty();
    }
    return handle
        .createQuery(SELECT_CLAIMED)
        .bind("number", number)
        .map(JdbiMailQueue::toMail)
        .findOne();
  }

  @Override
  public void sent(MailNumber number, Instant at) {
    execute(SENT, number, update -> update.bind("at", utc(at)));
  }

  @Override
  public void retry(MailNumber number, Instant next, String reason) {
    execute(
        RETRY, number, update -> update.bind("next", utc(next)).bind("reason", shortened(reason)));
  }

  @Override
  public void refused(MailNumber number, Instant at, String reason) {
    execute(
        REFUSED, number, update -> update.bind("at", utc(at)).bind("reason", shortened(reason)));
  }

  private void execute(String sql, MailNumber number, UnaryOperator<Update> binding) {
    database.inTransaction(
        handle -> binding.apply(handle.createUpdate(sql).bind("number", number.value())).execute());
  }

  private static String shortened(String reason) {
    return reason.length() <= REASON_MAXIMUM ? reason : reason.substring(0, REASON_MAXIMUM);
  }

  private static QueuedMail toMail(ResultSet row, StatementContext context) throws SQLException {
    return new QueuedMail(
        new MailNumber(row.getLong("number")),
        row.getString("kind"),
        new MailAddress(row.getString("recipient")),
        SealedSecret.copyOf(row.getBytes("sealed")),
        row.getInt("attempts_before"),
        Columns.instant(row, "created_at"));
  }
}
