package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.access.SessionStore;
import dev.inkan.server.registration.secret.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** {@link SessionStore} on the {@code web_session} table, inside the handle's transaction. */
final class JdbiSessionStore implements SessionStore {

  private static final String INSERT =
      """
      INSERT INTO web_session (id, subscriber_id, application_id, certificate_fingerprint,
        created_at, expires_at)
      VALUES (:id, :subscriber, :application, :fingerprint, :createdAt, :expiresAt)
      """;

  private static final String SELECT_LIVE =
      """
      SELECT s.id, s.subscriber_id, s.application_id, s.certificate_fingerprint, s.created_at,
             s.expires_at
      FROM web_session s
      JOIN app_user u ON u.id = s.subscriber_id
      JOIN organisation o ON o.number = u.organisation_number
      WHERE s.id = :id AND s.expires_at > :now AND o.state = 'ACTIVE'
      """;

  private static final String EXTEND =
      """
      UPDATE web_session SET expires_at = :expiresAt WHERE id = :id
      """;

  private static final String DELETE =
      """
      DELETE FROM web_session WHERE id = :id
      """;

  private static final String DELETE_OF =
      """
      DELETE FROM web_session WHERE subscriber_id = :subscriber
      """;

  private static final String DELETE_EXPIRED =
      """
      DELETE FROM web_session WHERE expires_at <= :now
      """;

  private final Handle handle;

  JdbiSessionStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void add(Session session) {
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("id", session.id().hex())
            .bind("subscriber", session.user().value())
            .bind("createdAt", utc(session.createdAt()))
            .bind("expiresAt", utc(session.expiresAt()));
    session
        .application()
        .ifPresentOrElse(
            application -> insert.bind("application", application.value()),
            // Jdbi would send a NULL of type VARCHAR, which PostgreSQL does not take for a UUID.
            () -> insert.bindNull("application", Types.OTHER));
    Columns.bindText(insert, "fingerprint", session.certificate().map(Fingerprint::hex));
    insert.execute();
  }

  @Override
  public Optional<Session> find(TokenHash id, Instant now) {
    return handle
        .createQuery(SELECT_LIVE)
        .bind("id", id.hex())
        .bind("now", utc(now))
        .map(JdbiSessionStore::toSession)
        .findOne();
  }

  @Override
  public void extend(TokenHash id, Instant expiresAt) {
    handle.createUpdate(EXTEND).bind("id", id.hex()).bind("expiresAt", utc(expiresAt)).execute();
  }

  @Override
  public boolean remove(TokenHash id) {
    return handle.createUpdate(DELETE).bind("id", id.hex()).execute() == 1;
  }

  @Override
  public int removeOf(SubscriberId user) {
    return handle.createUpdate(DELETE_OF).bind("subscriber", user.value()).execute();
  }

  @Override
  public int removeExpired(Instant now) {
    return handle.createUpdate(DELETE_EXPIRED).bind("now", utc(now)).execute();
  }

  private static Session toSession(ResultSet row, StatementContext context) throws SQLException {
    return new Session(
        new TokenHash(row.getString("id")),
        new SubscriberId(row.getString("subscriber_id")),
        Optional.ofNullable(row.getObject("application_id", UUID.class)).map(ApplicationId::new),
        Columns.optionalText(row, "certificate_fingerprint").map(Fingerprint::new),
        instant(row, "created_at"),
        instant(row, "expires_at"));
  }
}
