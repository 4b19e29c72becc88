package dev.inkan.server.store;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.certificate.HolderStore;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link HolderStore} on the {@code app_user} table, inside the handle's transaction. */
final class JdbiHolderStore implements HolderStore {

  private static final String SELECT_USER_ID =
      """
      SELECT user_id FROM app_user WHERE id = :holder
      """;

  private static final String SELECT_MASTER =
      "SELECT "
          + UserRows.COLUMNS
          + """
          FROM app_user u JOIN organisation o ON o.number = u.organisation_number
          WHERE u.removed_at IS NULL
            AND u.master_of = (SELECT organisation_number FROM app_user WHERE id = :holder)
          """;

  private final Handle handle;

  JdbiHolderStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<UserId> userId(SubscriberId holder) {
    return handle
        .createQuery(SELECT_USER_ID)
        .bind("holder", holder.value())
        .map((row, context) -> new UserId(row.getString("user_id")))
        .findOne();
  }

  @Override
  public Optional<User> master(SubscriberId holder) {
    return handle
        .createQuery(SELECT_MASTER)
        .bind("holder", holder.value())
        .map(UserRows::toUser)
        .findOne();
  }
}
