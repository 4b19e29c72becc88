package dev.inkan.server.store;

import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.OrganisationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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

  private static Organisation toOrganisation(ResultSet row) throws SQLException {
    return new Organisation(row.getString("number"), row.getString("name"));
  }
}
