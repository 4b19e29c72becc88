package dev.inkan.server.store;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.LoginId;
import dev.inkan.server.registration.Organisation;
import dev.inkan.server.registration.OrganisationEntry;
import dev.inkan.server.registration.OrganisationStore;
import dev.inkan.server.registration.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** {@link OrganisationStore} on the {@code organisation} table, inside the handle's transaction. */
final class JdbiOrganisationStore implements OrganisationStore {

  private static final String SELECT =
      """
      SELECT number, name FROM organisation WHERE number = :number
      """;

  private static final String IS_OPEN =
      """
      SELECT COUNT(*) FROM organisation WHERE number = :number AND state = 'ACTIVE'
      """;

  private static final String INSERT =
      """
      INSERT INTO organisation (number, name) VALUES (:number, :name)
      """;

  private static final String LIST =
      """
      SELECT o.number, o.name,
             u.user_id, u.initial_until,
             u.failures AS user_failures, u.locks AS user_locks,
             u.locked_until AS user_locked_until, u.blocked AS user_blocked,
             i.login_id, i.expires_at, i.used_at,
             i.failures AS letter_failures, i.locks AS letter_locks,
             i.locked_until AS letter_locked_until, i.blocked AS letter_blocked
      FROM organisation o
      LEFT JOIN app_user u ON u.master_of = o.number AND u.removed_at IS NULL
      LEFT JOIN master_invitation i ON i.organisation_number = o.number
      ORDER BY o.number
      """;

  private static final String BEFORE_INSERT = "before_organisation";

  private final Handle handle;

  JdbiOrganisationStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Organisation> find(String number) {
    return handle
        .createQuery(SELECT)
        .bind("number", number)
        .map((row, context) -> toOrganisation(row))
        .findOne();
  }

  @Override
  public boolean isOpen(String number) {
    return handle
            .createQuery(IS_OPEN)
            .bind("number", number)
            .map((row, context) -> row.getLong(1))
            .one()
        == 1;
  }

  @Override
  public boolean add(Organisation organisation) {
    handle.savepoint(BEFORE_INSERT);
    try {
      handle
          .createUpdate(INSERT)
          .bind("number", organisation.number())
          .bind("name", organisation.name())
          .execute();
      return true;
    } catch (UnableToExecuteStatementException e) {
      if (!SqlFailure.of(e).isUniqueViolation()) {
        throw e;
      }
      handle.rollbackToSavepoint(BEFORE_INSERT);
      return false;
    }
  }

  @Override
  public List<OrganisationEntry> list() {
    return handle.createQuery(LIST).map(JdbiOrganisationStore::toEntry).list();
  }

  private static Organisation toOrganisation(ResultSet row) throws SQLException {
    return new Organisation(row.getString("number"), row.getString("name"));
  }

  private static OrganisationEntry toEntry(ResultSet row, StatementContext context)
      throws SQLException {
    Optional<OrganisationEntry.Master> master = Optional.empty();
    Optional<String> userId = Columns.optionalText(row, "user_id");
    if (userId.isPresent()) {
      master =
          Optional.of(
              new OrganisationEntry.Master(
                  new UserId(userId.get()),
                  Columns.optionalInstant(row, "initial_until").isPresent(),
                  toLock(row, "user_")));
    }
    Optional<OrganisationEntry.Letter> letter = Optional.empty();
    Optional<String> loginId = Columns.optionalText(row, "login_id");
    if (loginId.isPresent()) {
      letter =
          Optional.of(
              new OrganisationEntry.Letter(
                  new LoginId(loginId.get()),
                  Columns.instant(row, "expires_at"),
                  Columns.optionalInstant(row, "used_at").isPresent(),
                  toLock(row, "letter_")));
    }
    return new OrganisationEntry(toOrganisation(row), master, letter);
  }

  private static Attempts toLock(ResultSet row, String prefix) throws SQLException {
    return new Attempts(
        row.getInt(prefix + "failures"),
        row.getInt(prefix + "locks"),
        Columns.optionalInstant(row, prefix + "locked_until"),
        row.getBoolean(prefix + "blocked"));
  }
}
