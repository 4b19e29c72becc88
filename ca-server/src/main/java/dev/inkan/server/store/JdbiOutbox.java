package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link Outbox} on the {@code mail_outbox} table, inside the handle's transaction. */
final class JdbiOutbox implements Outbox {

  private static final String NEXT_NUMBER =
      """
      SELECT nextval('mail_number')
      """;

  private static final String INSERT =
      """
      INSERT INTO mail_outbox (number, subscriber_id, kind, recipient, state, sealed, attempts,
        created_at, due_at, deadline)
      VALUES (:number, :subscriber, :kind, :recipient, 'QUEUED', :sealed, 0,
        :createdAt, :createdAt, :deadline)
      """;

  private final Handle handle;
  private final MailSealer sealer;
  private final Clock clock;

  JdbiOutbox(Handle handle, MailSealer sealer, Clock clock) {
    this.handle = handle;
    this.sealer = sealer;
    this.clock = clock;
  }

  @Override
  public void add(SubscriberId user, MailAddress to, Notice notice, Optional<Instant> deadline) {
    MailNumber number = nextNumber();
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("number", number.value())
            .bind("subscriber", user.value())
            .bind("kind", notice.kind())
            .bind("recipient", to.value())
            .bind("sealed", sealer.compose(number, notice).toByteArray())
            .bind("createdAt", utc(clock.instant()));
    Columns.bindTime(insert, "deadline", deadline).execute();
  }

  private MailNumber nextNumber() {
    return handle
        .createQuery(NEXT_NUMBER)
        .map((row, context) -> new MailNumber(row.getLong(1)))
        .one();
  }
}
