package dev.inkan.server.store;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.registration.user.UserStore;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * {@link UserStore} on the {@code app_user} and {@code organisation} tables, inside the handle's
 * transaction.
 */
final class JdbiUserStore implements UserStore {

  private static final String SELECT =
      "SELECT "
          + UserRows.COLUMNS
          + """
          FROM app_user u JOIN organisation o ON o.number = u.organisation_number
          """;

  private static final String SELECT_BY_USER_ID =
      SELECT
          + """
          WHERE u.user_id = :userId AND u.removed_at IS NULL
          """;

  private static final String SELECT_BY_ID =
      SELECT
          + """
          WHERE u.id = :id AND u.removed_at IS NULL
          """;

  private static final String COUNT_ORGANISATION =
      """
      SELECT COUNT(*) FROM organisation WHERE number = :number
      """;

  private static final String INSERT_ORGANISATION =
      """
      INSERT INTO organisation (number, name) VALUES (:number, :name)
      """;

  private static final String INSERT_USER =
      """
      INSERT INTO app_user (id, user_id, role, organisation_number, master_of, name, mail,
        language, password_hash, initial_until, failures, locks, locked_until, blocked)
      VALUES (:id, :userId, :role, :organisation, :masterOf, :name, :mail,
        :language, :password, :initialUntil, :failures, :locks, :lockedUntil, :blocked)
      """;

  private static final String CHANGE_MAIL =
      """
      UPDATE app_user SET mail = :mail WHERE id = :id AND removed_at IS NULL
      """;

  private static final String REMOVE =
      """
      UPDATE app_user SET removed_at = :now WHERE id = :id AND removed_at IS NULL
      """;

  private static final String REHASH =
      """
      UPDATE app_user SET password_hash = :after WHERE id = :id AND password_hash = :before
      """;

  private static final String SET_LANGUAGE =
      """
      UPDATE app_user SET language = :language
      WHERE id = :id AND removed_at IS NULL AND language <> :language
      """;

  private static final String HOLD_PASSWORD =
      """
      UPDATE app_user SET password_hash = password_hash
      WHERE id = :id AND password_hash = :hash AND removed_at IS NULL
      """;

  private static final String SET_PASSWORD =
      """
      UPDATE app_user SET password_hash = :password, initial_until = :initialUntil WHERE id = :id
      """;

  private static final String BEFORE_INSERT = "before_insert";

  private final Handle handle;
  private final JdbiAttempts attempts;

  JdbiUserStore(Handle handle) {
    this.handle = handle;
    this.attempts = new JdbiAttempts(handle);
  }

  @Override
  public Optional<User> find(UserId userId) {
    return handle
        .createQuery(SELECT_BY_USER_ID)
        .bind("userId", userId.value())
        .map(UserRows::toUser)
        .findOne();
  }

  @Override
  public Optional<User> find(SubscriberId id) {
    return handle.createQuery(SELECT_BY_ID).bind("id", id.value()).map(UserRows::toUser).findOne();
  }

  @Override
  public void add(User user) {
    addOrganisation(user.organisation());
    Optional<String> masterOf =
        user.role() == UserRole.MASTER
            ? Optional.of(user.organisation().number())
            : Optional.empty();
    var insert =
        handle
            .createUpdate(INSERT_USER)
            .bind("id", user.id().value())
            .bind("userId", user.userId().value())
            .bind("role", user.role().name())
            .bind("organisation", user.organisation().number())
            .bind("name", user.name())
            .bind("mail", user.mail().value())
            .bind("language", user.language().code())
            .bind("password", user.password().hash().phc())
            .bind("failures", user.lock().failures())
            .bind("locks", user.lock().locks())
            .bind("blocked", user.lock().blocked());
    Columns.bindText(insert, "masterOf", masterOf);
    Columns.bindTime(insert, "initialUntil", user.password().initialUntil());
    Columns.bindTime(insert, "lockedUntil", user.lock().lockedUntil());
    tryInsert(insert::execute).ifPresent(taken -> refuse(user, taken));
  }

  private static void refuse(User user, SqlFailure taken) {
    if (taken.isOf("one_master_per_organisation")) {
      throw new DuplicateUserException(
          "organisation " + user.organisation().number() + " has a master user already");
    }
    throw new DuplicateUserException("user ID " + user.userId() + " is taken");
  }

  private void addOrganisation(Organisation organisation) {
    long known =
        handle
            .createQuery(COUNT_ORGANISATION)
            .bind("number", organisation.number())
            .map((row, context) -> row.getLong(1))
            .one();
    if (known == 0) {
      // Another transaction may have added it since: then it is there, which is all we want.
      var insert =
          handle
              .createUpdate(INSERT_ORGANISATION)
              .bind("number", organisation.number())
              .bind("name", organisation.name());
      var unused = tryInsert(insert::execute);
    }
  }

  /** Inserts, or tells which uniqueness forbids it and leaves the transaction usable. */
  private Optional<SqlFailure> tryInsert(Runnable insert) {
    handle.savepoint(BEFORE_INSERT);
    try {
      insert.run();
      return Optional.empty();
    } catch (UnableToExecuteStatementException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (!failure.isUniqueViolation()) {
        throw e;
      }
      handle.rollbackToSavepoint(BEFORE_INSERT);
      return Optional.of(failure);
    }
  }

  @Override
  public Optional<Attempts> reserveAttempt(SubscriberId id, Instant now, LockoutPolicy policy) {
    return attempts.reserve(id, now, policy);
  }

  @Override
  public void reserveInVain(UserId typed, Instant now, LockoutPolicy policy) {
    attempts.reserveInVain(typed, now, policy);
  }

  @Override
  public boolean clearAttempts(SubscriberId id, PasswordHash verified, Attempts reserved) {
    return attempts.clear(id, verified, reserved);
  }

  @Override
  public Optional<Attempts> countVoidCode(
      SubscriberId id, Instant now, int voidCodesUntilLocked, LockoutPolicy policy) {
    return attempts.countVoidCode(id, now, voidCodesUntilLocked, policy);
  }

  @Override
  public void clearVoidCodes(SubscriberId id) {
    attempts.clearVoidCodes(id);
  }

  @Override
  public boolean rehash(SubscriberId id, PasswordHash before, PasswordHash after) {
    return handle
            .createUpdate(REHASH)
            .bind("id", id.value())
            .bind("before", before.phc())
            .bind("after", after.phc())
            .execute()
        == 1;
  }

  @Override
  public boolean holdPassword(SubscriberId id, PasswordHash hash) {
    return handle
            .createUpdate(HOLD_PASSWORD)
            .bind("id", id.value())
            .bind("hash", hash.phc())
            .execute()
        == 1;
  }

  @Override
  public boolean unlock(SubscriberId id) {
    return attempts.unlock(id);
  }

  @Override
  public boolean changeMail(SubscriberId id, MailAddress mail) {
    return handle
            .createUpdate(CHANGE_MAIL)
            .bind("id", id.value())
            .bind("mail", mail.value())
            .execute()
        == 1;
  }

  @Override
  public boolean remove(SubscriberId id, Instant now) {
    return handle
            .createUpdate(REMOVE)
            .bind("id", id.value())
            .bind("now", Columns.utc(now))
            .execute()
        == 1;
  }

  @Override
  public boolean setLanguage(SubscriberId id, Language language) {
    return handle
            .createUpdate(SET_LANGUAGE)
            .bind("id", id.value())
            .bind("language", language.code())
            .execute()
        == 1;
  }

  @Override
  public void setPassword(SubscriberId id, UserPassword password) {
    var update =
        handle
            .createUpdate(SET_PASSWORD)
            .bind("id", id.value())
            .bind("password", password.hash().phc());
    Columns.bindTime(update, "initialUntil", password.initialUntil()).execute();
  }
}
