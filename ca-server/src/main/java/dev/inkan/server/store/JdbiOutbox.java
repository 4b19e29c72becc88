package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Outbox;
import dev.inkan.server.registration.mail.OutgoingMail;
import java.time.Clock;
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
        created_at, due_at, deadline, serial_number)
      VALUES (:number, :subscriber, :kind, :recipient, 'QUEUED', :sealed, 0,
        :createdAt, :createdAt, :deadline, :about)
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
  public void add(OutgoingMail mail) {
    MailNumber number = nextNumber();
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("number", number.value())
            .bind("kind", mail.notice().kind())
            .bind("recipient", mail.to().value())
            .bind("sealed", sealer.compose(number, mail.language(), mail.notice()).toByteArray())
            .bind("createdAt", utc(clock.instant()));
    Columns.bindText(insert, "subscriber", mail.user().map(SubscriberId::value));
    Columns.bindText(insert, "about", mail.about().map(SerialNumber::toString));
    Columns.bindTime(insert, "deadline", mail.deadline()).execute();
  }

  private MailNumber nextNumber() {
    return handle
        .createQuery(NEXT_NUMBER)
        .map((row, context) -> new MailNumber(row.getLong(1)))
        .one();
  }
}
