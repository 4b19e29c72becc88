package dev.inkan.server.registration.invitation;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.Optional;

/** Who is whose master user, inside one transaction. */
public interface MasterStore {

  /**
   * The organisation's master user.
   *
   * @param number the bank's number of the organisation
   */
  Optional<User> find(String number);

  /** Whose the user ID is; removed users keep theirs. */
  Optional<SubscriberId> holder(UserId userId);

  /**
   * Makes the user with the master's identifier over after initialisation (C3): user ID, name,
   * address and password are the new ones, and nothing counts against the user any more.
   *
   * @throws DuplicateUserException if the user ID is another's; nothing changed
   */
  void replace(User master);
}
