package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.invitation.InvitationStore;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitation;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.Organisation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/**
 * {@link InvitationStore} on the {@code master_invitation} table, inside the handle's transaction.
 */
final class JdbiInvitationStore implements InvitationStore {

  private static final String SELECT =
      """
      SELECT i.login_id, i.password_hash, i.created_at, i.expires_at, i.used_at,
             i.failures, i.locks, i.locked_until, i.blocked,
             o.number AS organisation_number, o.name AS organisation_name
      FROM master_invitation i JOIN organisation o ON o.number = i.organisation_number
      """;

  private static final String SELECT_BY_LOGIN_ID = SELECT + "WHERE i.login_id = :loginId";

  private static final String SELECT_BY_ORGANISATION =
      SELECT + "WHERE i.organisation_number = :organisation";

  private static final String UPDATE =
      """
      UPDATE master_invitation
      SET login_id = :loginId, password_hash = :password, created_at = :createdAt,
          expires_at = :expiresAt, used_at = :usedAt,
          failures = :failures, locks = :locks, locked_until = :lockedUntil, blocked = :blocked
      WHERE organisation_number = :organisation
      """;

  private static final String INSERT =
      """
      INSERT INTO master_invitation (organisation_number, login_id, password_hash, created_at,
        expires_at, used_at, failures, locks, locked_until, blocked)
      VALUES (:organisation, :loginId, :password, :createdAt,
        :expiresAt, :usedAt, :failures, :locks, :lockedUntil, :blocked)
      """;

  private static final String RESERVE_ATTEMPT =
      """
      UPDATE master_invitation
      SET failures = CASE WHEN failures + 1 >= :failures THEN 0 ELSE failures + 1 END,
          locks = CASE WHEN failures + 1 >= :failures THEN locks + 1 ELSE locks END,
          locked_until = CASE WHEN failures + 1 >= :failures THEN :until ELSE locked_until END,
          blocked = (failures + 1 >= :failures AND locks + 1 >= :locks)
      WHERE login_id = :loginId AND NOT blocked
        AND (locked_until IS NULL OR locked_until <= :now)
      """;

  private static final String CLEAR_ATTEMPTS =
      """
      UPDATE master_invitation SET failures = 0, locks = 0, locked_until = NULL, blocked = FALSE
      WHERE login_id = :loginId
      """;

  private static final String CONSUME =
      """
      UPDATE master_invitation SET used_at = :now
      WHERE login_id = :loginId AND used_at IS NULL AND expires_at > :now
      """;

  private static final String BEFORE_CHANGE = "before_invitation";

  private final Handle handle;

  JdbiInvitationStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public boolean replace(MasterInvitation invitation) {
    handle.savepoint(BEFORE_CHANGE);
    try {
      if (write(UPDATE, invitation) == 0) {
        write(INSERT, invitation);
      }
      return true;
    } catch (UnableToExecuteStatementException e) {
      if (!SqlFailure.of(e).isUniqueViolation()) {
        throw e;
      }
      handle.rollbackToSavepoint(BEFORE_CHANGE);
      return false;
    }
  }

  private int write(String sql, MasterInvitation invitation) {
    Attempts lock = invitation.lock();
    Update update =
        update(sql, invitation.loginId())
            .bind("organisation", invitation.organisation().number())
            .bind("password", invitation.initialPassword().phc())
            .bind("createdAt", utc(invitation.createdAt()))
            .bind("expiresAt", utc(invitation.expiresAt()))
            .bind("failures", lock.failures())
            .bind("locks", lock.locks())
            .bind("blocked", lock.blocked());
    Columns.bindTime(update, "usedAt", invitation.usedAt());
    return Columns.bindTime(update, "lockedUntil", lock.lockedUntil()).execute();
  }

  @Override
  public Optional<MasterInvitation> find(LoginId loginId) {
    return handle
        .createQuery(SELECT_BY_LOGIN_ID)
        .bind("loginId", loginId.value())
        .map(JdbiInvitationStore::toInvitation)
        .findOne();
  }

  @Override
  public Optional<MasterInvitation> findByOrganisation(String number) {
    return handle
        .createQuery(SELECT_BY_ORGANISATION)
        .bind("organisation", number)
        .map(JdbiInvitationStore::toInvitation)
        .findOne();
  }

  @Override
  public Optional<Attempts> reserveAttempt(LoginId loginId, Instant now, LockoutPolicy policy) {
    int reserved =
        update(RESERVE_ATTEMPT, loginId)
            .bind("now", utc(now))
            .bind("until", utc(now.plus(policy.lockout())))
            .bind("failures", policy.maximumFailures())
            .bind("locks", policy.locksUntilBlocked())
            .execute();
    return reserved == 0 ? Optional.empty() : find(loginId).map(MasterInvitation::lock);
  }

  @Override
  public void clearAttempts(LoginId loginId) {
    update(CLEAR_ATTEMPTS, loginId).execute();
  }

  @Override
  public boolean consume(LoginId loginId, Instant now) {
    return update(CONSUME, loginId).bind("now", utc(now)).execute() == 1;
  }

  private Update update(String sql, LoginId loginId) {
    return handle.createUpdate(sql).bind("loginId", loginId.value());
  }

  private static MasterInvitation toInvitation(ResultSet row, StatementContext context)
      throws SQLException {
    return new MasterInvitation(
        new Organisation(row.getString("organisation_number"), row.getString("organisation_name")),
        new LoginId(row.getString("login_id")),
        new PasswordHash(row.getString("password_hash")),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "expires_at"),
        Columns.optionalInstant(row, "used_at"),
        new Attempts(
            row.getInt("failures"),
            row.getInt("locks"),
            Columns.optionalInstant(row, "locked_until"),
            row.getBoolean("blocked")));
  }
}
