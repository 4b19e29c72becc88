package dev.inkan.server.store;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.invitation.MasterStore;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** {@link MasterStore} on the {@code app_user} table, inside the handle's transaction. */
final class JdbiMasterStore implements MasterStore {

  private static final String SELECT_MASTER =
      """
      SELECT id FROM app_user WHERE master_of = :number
      """;

  private static final String SELECT_HOLDER =
      """
      SELECT id FROM app_user WHERE user_id = :userId
      """;

  private static final String REPLACE =
      """
      UPDATE app_user
      SET user_id = :userId, name = :name, mail = :mail, language = :language,
          password_hash = :password, initial_until = NULL,
          failures = 0, locks = 0, locked_until = NULL, blocked = FALSE, void_codes = 0,
          code_locks = 0
      WHERE id = :id AND role = 'MASTER'
      """;

  private static final String BEFORE_REPLACE = "before_replace";

  private final Handle handle;

  JdbiMasterStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<User> find(String number) {
    return handle
        .createQuery(SELECT_MASTER)
        .bind("number", number)
        .map((row, context) -> new SubscriberId(row.getString("id")))
        .findOne()
        .flatMap(new JdbiUserStore(handle)::find);
  }

  @Override
  public Optional<SubscriberId> holder(UserId userId) {
    return handle
        .createQuery(SELECT_HOLDER)
        .bind("userId", userId.value())
        .map((row, context) -> new SubscriberId(row.getString("id")))
        .findOne();
  }

  @Override
  public void replace(User master) {
    handle.savepoint(BEFORE_REPLACE);
    try {
      int replaced =
          handle
              .createUpdate(REPLACE)
              .bind("id", master.id().value())
              .bind("userId", master.userId().value())
              .bind("name", master.name())
              .bind("mail", master.mail().value())
              .bind("language", master.language().code())
              .bind("password", master.password().hash().phc())
              .execute();
      if (replaced != 1) {
        throw new IllegalStateException("no such master user");
      }
    } catch (UnableToExecuteStatementException e) {
      if (!SqlFailure.of(e).isUniqueViolation()) {
        throw e;
      }
      handle.rollbackToSavepoint(BEFORE_REPLACE);
      throw new DuplicateUserException("user ID " + master.userId() + " is taken");
    }
  }
}
