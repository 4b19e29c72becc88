package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.administration.AddressChange;
import dev.inkan.server.registration.administration.AddressChangeStore;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.user.MailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** {@link AddressChangeStore} on {@code address_change}, inside the handle's transaction. */
final class JdbiAddressChangeStore implements AddressChangeStore {

  private static final String SELECT =
      """
      SELECT id, subscriber_id, mail, requested_by, created_at, code_counter, code_tries,
             code_sent_at, code_expires_at
      FROM address_change
      """;

  private static final String SELECT_BY_USER = SELECT + "WHERE subscriber_id = :subscriber";

  private static final String SELECT_BY_ID = SELECT + "WHERE id = :id";

  private static final String COUNT_MAILS =
      """
      SELECT COUNT(*) FROM mail_outbox
      WHERE subscriber_id = :subscriber AND kind = 'address-code' AND created_at >= :since
      """;

  private static final String INSERT =
      """
      INSERT INTO address_change (id, subscriber_id, mail, requested_by, created_at, code_counter,
        code_tries, code_sent_at, code_expires_at)
      VALUES (:id, :subscriber, :mail, :requestedBy, :createdAt, :counter,
        :tries, :sentAt, :expiresAt)
      """;

  private static final String RESERVE_TRY =
      """
      UPDATE address_change SET code_tries = code_tries + 1
      WHERE id = :id AND code_expires_at > :now AND code_tries < :maximum
      """;

  private static final String RESEND =
      """
      UPDATE address_change SET code_sent_at = :now WHERE id = :id AND code_sent_at <= :notAfter
      """;

  private static final String DELETE =
      """
      DELETE FROM address_change WHERE id = :id
      """;

  private static final String DELETE_OF =
      """
      DELETE FROM address_change WHERE subscriber_id = :subscriber
      """;

  private static final String DELETE_EXPIRED =
      """
      DELETE FROM address_change WHERE code_expires_at < :before
      """;

  private final Handle handle;

  JdbiAddressChangeStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void begin(AddressChange change) {
    endOf(change.user());
    CodeState code = change.code();
    update(INSERT, change.id())
        .bind("subscriber", change.user().value())
        .bind("mail", change.mail().value())
        .bind("requestedBy", change.requestedBy().value())
        .bind("createdAt", utc(change.createdAt()))
        .bind("counter", code.counter())
        .bind("tries", code.tries())
        .bind("sentAt", utc(code.sentAt()))
        .bind("expiresAt", utc(code.expiresAt()))
        .execute();
  }

  @Override
  public Optional<AddressChange> find(SubscriberId user) {
    return handle
        .createQuery(SELECT_BY_USER)
        .bind("subscriber", user.value())
        .map(JdbiAddressChangeStore::toChange)
        .findOne();
  }

  @Override
  public int countMailsSince(SubscriberId user, Instant since) {
    return handle
        .createQuery(COUNT_MAILS)
        .bind("subscriber", user.value())
        .bind("since", utc(since))
        .map((row, context) -> row.getInt(1))
        .one();
  }

  @Override
  public Optional<CodeState> reserveTry(UUID id, Instant now, int maximumTries) {
    int reserved =
        update(RESERVE_TRY, id).bind("now", utc(now)).bind("maximum", maximumTries).execute();
    if (reserved == 0) {
      return Optional.empty();
    }
    return handle
        .createQuery(SELECT_BY_ID)
        .bind("id", id)
        .map(JdbiAddressChangeStore::toChange)
        .findOne()
        .map(AddressChange::code);
  }

  @Override
  public boolean resend(UUID id, Instant now, Instant notAfter) {
    return update(RESEND, id).bind("now", utc(now)).bind("notAfter", utc(notAfter)).execute() == 1;
  }

  @Override
  public boolean end(UUID id) {
    return update(DELETE, id).execute() == 1;
  }

  @Override
  public void endOf(SubscriberId user) {
    handle.createUpdate(DELETE_OF).bind("subscriber", user.value()).execute();
  }

  @Override
  public int removeExpired(Instant before) {
    return handle.createUpdate(DELETE_EXPIRED).bind("before", utc(before)).execute();
  }

  private Update update(String sql, UUID id) {
    return handle.createUpdate(sql).bind("id", id);
  }

  private static AddressChange toChange(ResultSet row, StatementContext context)
      throws SQLException {
    return new AddressChange(
        row.getObject("id", UUID.class),
        new SubscriberId(row.getString("subscriber_id")),
        new MailAddress(row.getString("mail")),
        new SubscriberId(row.getString("requested_by")),
        instant(row, "created_at"),
        new CodeState(
            row.getLong("code_counter"),
            row.getInt("code_tries"),
            instant(row, "code_sent_at"),
            instant(row, "code_expires_at")));
  }
}
