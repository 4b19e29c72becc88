package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.master.MasterProfile;
import dev.inkan.server.registration.master.MasterRegistration;
import dev.inkan.server.registration.master.MasterRegistration.ChosenPassword;
import dev.inkan.server.registration.master.MasterRegistrationStore;
import dev.inkan.server.registration.master.RegistrationId;
import dev.inkan.server.registration.master.RegistrationState;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * {@link MasterRegistrationStore} on the {@code master_registration} table, inside the handle's
 * transaction.
 */
final class JdbiMasterRegistrationStore implements MasterRegistrationStore {

  private static final String SELECT =
      """
      SELECT r.id, r.token_hash, r.login_id, r.state, r.created_at, r.expires_at,
             r.user_id, r.name, r.mail, r.password_hash, r.sealed_password,
             r.code_counter, r.code_tries, r.code_sent_at, r.code_expires_at,
             o.number AS organisation_number, o.name AS organisation_name
      FROM master_registration r JOIN organisation o ON o.number = r.organisation_number
      """;

  private static final String SELECT_BY_TOKEN =
      SELECT + "WHERE r.token_hash = :token AND r.expires_at > :now";

  private static final String SELECT_CODE =
      """
      SELECT code_counter, code_tries, code_sent_at, code_expires_at
      FROM master_registration WHERE id = :id
      """;

  private static final String INSERT =
      """
      INSERT INTO master_registration (id, token_hash, login_id, organisation_number, state,
        created_at, expires_at, user_id, name, mail)
      VALUES (:id, :token, :loginId, :organisation, :state,
        :createdAt, :expiresAt, :userId, :name, :mail)
      """;

  private static final String COUNT_CODES =
      """
      SELECT COALESCE(SUM(code_counter), 0) FROM master_registration
      WHERE login_id = :loginId AND created_at >= :since
      """;

  private static final String SEND_CODE =
      """
      UPDATE master_registration
      SET state = 'CODE_SENT', user_id = :userId, name = :name, mail = :mail,
          password_hash = :hash, sealed_password = :kept, expires_at = :expiresAt,
          code_counter = :counter, code_tries = :tries, code_sent_at = :sentAt,
          code_expires_at = :codeExpiresAt
      WHERE id = :id AND state IN ('OPENED', 'CODE_SENT') AND COALESCE(code_counter, 0) = :made
      """;

  private static final String RESERVE_CODE_TRY =
      """
      UPDATE master_registration SET code_tries = code_tries + 1
      WHERE id = :id AND state = 'CODE_SENT' AND code_expires_at > :now AND code_tries < :maximum
      """;

  private static final String RESEND =
      """
      UPDATE master_registration SET code_sent_at = :now
      WHERE id = :id AND state = 'CODE_SENT' AND code_sent_at <= :notAfter
      """;

  private static final String REOPEN =
      """
      UPDATE master_registration
      SET state = 'OPENED', password_hash = NULL, sealed_password = NULL
      WHERE id = :id AND state = 'CODE_SENT'
      """;

  private static final String END =
      """
      UPDATE master_registration
      SET state = :state, password_hash = NULL, sealed_password = NULL
      WHERE id = :id AND state IN ('OPENED', 'CODE_SENT', 'CODE_VOID')
      """;

  private static final String ERASE_PASSWORDS =
      """
      UPDATE master_registration SET password_hash = NULL, sealed_password = NULL
      WHERE expires_at <= :now AND (password_hash IS NOT NULL OR sealed_password IS NOT NULL)
      """;

  private static final String REMOVE =
      """
      DELETE FROM master_registration WHERE expires_at < :removeBefore
      """;

  private final Handle handle;

  JdbiMasterRegistrationStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void add(MasterRegistration registration) {
    Update insert =
        update(INSERT, registration.id())
            .bind("token", registration.token().hex())
            .bind("loginId", registration.loginId().value())
            .bind("organisation", registration.organisation().number())
            .bind("state", registration.state().name())
            .bind("createdAt", utc(registration.createdAt()))
            .bind("expiresAt", utc(registration.expiresAt()));
    bindProfile(insert, registration.profile()).execute();
  }

  @Override
  public Optional<MasterRegistration> find(TokenHash token, Instant now) {
    return handle
        .createQuery(SELECT_BY_TOKEN)
        .bind("token", token.hex())
        .bind("now", utc(now))
        .map(JdbiMasterRegistrationStore::toRegistration)
        .findOne();
  }

  @Override
  public int countCodesSince(LoginId loginId, Instant since) {
    return handle
        .createQuery(COUNT_CODES)
        .bind("loginId", loginId.value())
        .bind("since", utc(since))
        .map((row, context) -> row.getInt(1))
        .one();
  }

  @Override
  public boolean sendCode(RegistrationId id, long codesMade, Submission submission) {
    CodeState code = submission.code();
    Update update =
        update(SEND_CODE, id)
            .bind("made", codesMade)
            .bind("hash", submission.password().hash().phc())
            .bind("expiresAt", utc(submission.expiresAt()))
            .bind("counter", code.counter())
            .bind("tries", code.tries())
            .bind("sentAt", utc(code.sentAt()))
            .bind("codeExpiresAt", utc(code.expiresAt()));
    Columns.bindSecret(update, "kept", submission.password().kept());
    return bindProfile(update, Optional.of(submission.profile())).execute() == 1;
  }

  @Override
  public Optional<CodeState> reserveCodeTry(RegistrationId id, Instant now, int maximumTries) {
    int reserved =
        update(RESERVE_CODE_TRY, id).bind("now", utc(now)).bind("maximum", maximumTries).execute();
    if (reserved == 0) {
      return Optional.empty();
    }
    return handle
        .createQuery(SELECT_CODE)
        .bind("id", id.value())
        .map((row, context) -> toCode(row))
        .one();
  }

  @Override
  public boolean resend(RegistrationId id, Instant now, Instant notAfter) {
    return update(RESEND, id).bind("now", utc(now)).bind("notAfter", utc(notAfter)).execute() == 1;
  }

  @Override
  public boolean reopen(RegistrationId id) {
    return update(REOPEN, id).execute() == 1;
  }

  @Override
  public boolean end(RegistrationId id, RegistrationState state) {
    return update(END, id).bind("state", state.name()).execute() == 1;
  }

  @Override
  public int eraseExpired(Instant now, Instant removeBefore) {
    int erased = handle.createUpdate(ERASE_PASSWORDS).bind("now", utc(now)).execute();
    int removed = handle.createUpdate(REMOVE).bind("removeBefore", utc(removeBefore)).execute();
    return erased + removed;
  }

  private Update update(String sql, RegistrationId id) {
    return handle.createUpdate(sql).bind("id", id.value());
  }

  private static Update bindProfile(Update update, Optional<MasterProfile> profile) {
    Columns.bindText(update, "userId", profile.map(it -> it.userId().value()));
    Columns.bindText(update, "name", profile.map(MasterProfile::name));
    return Columns.bindText(update, "mail", profile.map(it -> it.mail().value()));
  }

  private static MasterRegistration toRegistration(ResultSet row, StatementContext context)
      throws SQLException {
    return new MasterRegistration(
        new RegistrationId(row.getObject("id", UUID.class)),
        new TokenHash(row.getString("token_hash")),
        new LoginId(row.getString("login_id")),
        new Organisation(row.getString("organisation_number"), row.getString("organisation_name")),
        RegistrationState.valueOf(row.getString("state")),
        instant(row, "created_at"),
        instant(row, "expires_at"),
        toProfile(row),
        toPassword(row),
        toCode(row));
  }

  private static Optional<MasterProfile> toProfile(ResultSet row) throws SQLException {
    Optional<UserId> userId = Columns.optionalText(row, "user_id").map(UserId::new);
    if (userId.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MasterProfile(
            userId.get(), row.getString("name"), new MailAddress(row.getString("mail"))));
  }

  private static Optional<ChosenPassword> toPassword(ResultSet row) throws SQLException {
    Optional<PasswordHash> hash = Columns.optionalText(row, "password_hash").map(PasswordHash::new);
    if (hash.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChosenPassword(hash.get(), Columns.optionalSecret(row, "sealed_password")));
  }

  private static Optional<CodeState> toCode(ResultSet row) throws SQLException {
    Optional<Instant> sentAt = Columns.optionalInstant(row, "code_sent_at");
    if (sentAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CodeState(
            row.getLong("code_counter"),
            row.getInt("code_tries"),
            sentAt.get(),
            instant(row, "code_expires_at")));
  }
}
