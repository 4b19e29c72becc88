package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.mail.MailBacklog;
import dev.inkan.server.mail.MailQueue;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.MailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * {@link MailQueue} on the {@code mail_outbox} table. A claim locks the rows it looks at and skips
 * those that another claim has locked, so that several servers share the queue without waiting for
 * one another; its lease ends by itself if that server dies.
 */
public final class JdbiMailQueue implements MailQueue {

  private static final int REASON_MAXIMUM = 500;

  /**
   * No lease and no wait reaches this far: what lies beyond was written while the clock was ahead,
   * and nobody works on it.
   */
  private static final Duration FARTHEST = Duration.ofDays(2);

  // H2 counts locked rows in the limit: a second claim of the same moment may come back empty.
  // A mail that was never tried is due, also where the clock stepped back since it was queued.
  private static final String SELECT_DUE =
      """
      SELECT number FROM mail_outbox
      WHERE state = 'QUEUED'
        AND (due_at <= :now OR attempts = 0 OR deadline <= :now OR due_at > :farthest)
        AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_until > :farthest)
      ORDER BY number
      FETCH FIRST :limit ROWS ONLY
      FOR UPDATE SKIP LOCKED
      """;

  private static final String DROP =
      """
      UPDATE mail_outbox
      SET state = 'DROPPED', sealed = NULL, ended_at = :now, claimed_by = NULL,
          claimed_until = NULL, reason = :reason
      WHERE number IN (<numbers>) AND state = 'QUEUED'
      """;

  private static final String LATE =
      """
        AND deadline <= :now
      """;

  private static final String OF_A_REMOVED_USER =
      """
        AND kind <> 'removed'
        AND subscriber_id IN (SELECT id FROM app_user WHERE removed_at IS NOT NULL)
      """;

  private static final String OF_A_REVOKED_CERTIFICATE =
      """
        AND kind IN ('expiring', 'expired')
        AND serial_number IN (SELECT serial_number FROM certificate WHERE revoked_at IS NOT NULL)
      """;

  // As the calendar sees it: what is on hold (6) may come back.
  private static final String OF_A_RENEWED_CERTIFICATE =
      """
        AND kind IN ('expiring', 'expired')
        AND EXISTS (
          SELECT 1 FROM certificate old
          JOIN certificate fresh ON fresh.subscriber_id = old.subscriber_id
          WHERE old.serial_number = mail_outbox.serial_number
            AND fresh.kind = 'SUBSCRIBER' AND fresh.state = 'ISSUED'
            AND fresh.prepared_at > old.prepared_at
            AND (fresh.revoked_at IS NULL OR fresh.revocation_reason = 6))
      """;

  private static final String CLAIM =
      """
      UPDATE mail_outbox
      SET claimed_by = :node, claimed_until = :until, due_at = :now, attempts = attempts + 1
      WHERE number IN (<numbers>) AND state = 'QUEUED'
      """;

  private static final String SELECT_CLAIMED =
      """
      SELECT number, kind, recipient, sealed, attempts - 1 AS attempts_before, created_at
      FROM mail_outbox
      WHERE number IN (<numbers>) AND state = 'QUEUED'
      ORDER BY number
      """;

  private static final String BACKLOG =
      """
      SELECT COUNT(*) AS mails, MIN(created_at) AS oldest FROM mail_outbox WHERE state = 'QUEUED'
      """;

  private static final String RELEASE =
      """
      UPDATE mail_outbox SET claimed_by = NULL, claimed_until = NULL
      WHERE claimed_by = :node AND state = 'QUEUED'
      """;

  private static final String SENT =
      """
      UPDATE mail_outbox
      SET state = 'SENT', sealed = NULL, ended_at = :at, claimed_by = NULL, claimed_until = NULL,
          reason = NULL
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
    Look look;
    do {
      look = database.inTransaction(handle -> look(handle, node, now, lease, limit));
      // All of a full look were pointless: those behind them are waiting.
    } while (look.claimed().isEmpty() && look.due() == limit);
    return look.claimed();
  }

  private record Look(int due, List<QueuedMail> claimed) {}

  private static Look look(Handle handle, NodeName node, Instant now, Duration lease, int limit) {
    List<Long> numbers =
        handle
            .createQuery(SELECT_DUE)
            .bind("now", utc(now))
            .bind("farthest", utc(now.plus(FARTHEST)))
            .bind("limit", limit)
            .map((row, context) -> row.getLong("number"))
            .list();
    if (numbers.isEmpty()) {
      return new Look(0, List.of());
    }
    dropPointless(handle, numbers, now);
    handle
        .createUpdate(CLAIM)
        .bindList("numbers", numbers)
        .bind("node", node.value())
        .bind("now", utc(now))
        .bind("until", utc(now.plus(lease)))
        .execute();
    List<QueuedMail> claimed =
        handle
            .createQuery(SELECT_CLAIMED)
            .bindList("numbers", numbers)
            .map(JdbiMailQueue::toMail)
            .list();
    return new Look(numbers.size(), claimed);
  }

  private static void dropPointless(Handle handle, List<Long> numbers, Instant now) {
    drop(handle, numbers, now, LATE, "could not be handed over in time");
    drop(handle, numbers, now, OF_A_REMOVED_USER, "the user was removed");
    drop(handle, numbers, now, OF_A_REVOKED_CERTIFICATE, "the certificate was revoked");
    drop(handle, numbers, now, OF_A_RENEWED_CERTIFICATE, "the certificate was renewed");
  }

  private static void drop(
      Handle handle, List<Long> numbers, Instant now, String pointless, String reason) {
    handle
        .createUpdate(DROP + pointless)
        .bindList("numbers", numbers)
        .bind("now", utc(now))
        .bind("reason", reason)
        .execute();
  }

  @Override
  public int release(NodeName node) {
    return database.inTransaction(
        handle -> handle.createUpdate(RELEASE).bind("node", node.value()).execute());
  }

  /** What waits to be handed over, whether it is due or not. */
  public MailBacklog backlog() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(BACKLOG)
                .map(
                    (row, context) ->
                        new MailBacklog(
                            row.getLong("mails"), Columns.optionalInstant(row, "oldest")))
                .one());
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
