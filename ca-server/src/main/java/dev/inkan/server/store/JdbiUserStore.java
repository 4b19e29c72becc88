package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.DuplicateUserException;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.Organisation;
import dev.inkan.server.registration.PasswordHash;
import dev.inkan.server.registration.User;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.registration.UserRole;
import dev.inkan.server.registration.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * {@link UserStore} on the {@code app_user} and {@code organisation} tables, inside the handle's
 * transaction.
 */
final class JdbiUserStore implements UserStore {

  private static final String SELECT =
      """
      SELECT u.id, u.user_id, u.role, u.name, u.mail, u.password_hash,
             u.failures, u.locks, u.locked_until, u.blocked,
             o.number AS organisation_number, o.name AS organisation_name
      FROM app_user u JOIN organisation o ON o.number = u.organisation_number
      """;

  private static final String SELECT_BY_USER_ID =
      SELECT
          + """
          WHERE u.user_id = :userId
          """;

  private static final String SELECT_BY_ID =
      SELECT
          + """
          WHERE u.id = :id
          """;

  private static final String SELECT_LOCK =
      """
      SELECT failures, locks, locked_until, blocked FROM app_user WHERE id = :id
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
        password_hash, failures, locks, locked_until, blocked)
      VALUES (:id, :userId, :role, :organisation, :masterOf, :name, :mail,
        :password, :failures, :locks, :lockedUntil, :blocked)
      """;

  private static final String RESERVE_ATTEMPT =
      """
      UPDATE app_user
      SET failures = CASE WHEN failures + 1 >= :failures THEN 0 ELSE failures + 1 END,
          locks = CASE WHEN failures + 1 >= :failures THEN locks + 1 ELSE locks END,
          locked_until = CASE WHEN failures + 1 >= :failures THEN :until ELSE locked_until END,
          blocked = (failures + 1 >= :failures AND locks + 1 >= :locks)
      WHERE id = :id AND NOT blocked AND (locked_until IS NULL OR locked_until <= :now)
      """;

  private static final String CLEAR_ATTEMPTS =
      """
      UPDATE app_user SET failures = 0, locks = 0, locked_until = NULL, blocked = FALSE
      WHERE id = :id
      """;

  private static final String REPLACE_PASSWORD =
      """
      UPDATE app_user SET password_hash = :password WHERE id = :id
      """;

  private static final String BEFORE_INSERT = "before_insert";

  private final Handle handle;

  JdbiUserStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<User> find(UserId userId) {
    return handle
        .createQuery(SELECT_BY_USER_ID)
        .bind("userId", userId.value())
        .map(JdbiUserStore::toUser)
        .findOne();
  }

  @Override
  public Optional<User> find(SubscriberId id) {
    return handle
        .createQuery(SELECT_BY_ID)
        .bind("id", id.value())
        .map(JdbiUserStore::toUser)
        .findOne();
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
            .bind("password", user.password().phc())
            .bind("failures", user.lock().failures())
            .bind("locks", user.lock().locks())
            .bind("blocked", user.lock().blocked());
    Columns.bindText(insert, "masterOf", masterOf);
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
    int reserved =
        handle
            .createUpdate(RESERVE_ATTEMPT)
            .bind("id", id.value())
            .bind("now", utc(now))
            .bind("until", utc(now.plus(policy.lockout())))
            .bind("failures", policy.maximumFailures())
            .bind("locks", policy.locksUntilBlocked())
            .execute();
    if (reserved == 0) {
      return Optional.empty();
    }
    return handle
        .createQuery(SELECT_LOCK)
        .bind("id", id.value())
        .map((row, context) -> toLock(row))
        .findOne();
  }

  @Override
  public void clearAttempts(SubscriberId id) {
    handle.createUpdate(CLEAR_ATTEMPTS).bind("id", id.value()).execute();
  }

  @Override
  public void replacePassword(SubscriberId id, PasswordHash password) {
    handle
        .createUpdate(REPLACE_PASSWORD)
        .bind("id", id.value())
        .bind("password", password.phc())
        .execute();
  }

  private static User toUser(ResultSet row, StatementContext context) throws SQLException {
    return new User(
        new SubscriberId(row.getString("id")),
        new UserId(row.getString("user_id")),
        UserRole.valueOf(row.getString("role")),
        new Organisation(row.getString("organisation_number"), row.getString("organisation_name")),
        row.getString("name"),
        new MailAddress(row.getString("mail")),
        new PasswordHash(row.getString("password_hash")),
        toLock(row));
  }

  private static Attempts toLock(ResultSet row) throws SQLException {
    return new Attempts(
        row.getInt("failures"),
        row.getInt("locks"),
        Columns.optionalInstant(row, "locked_until"),
        row.getBoolean("blocked"));
  }
}
