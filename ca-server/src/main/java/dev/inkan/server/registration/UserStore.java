package dev.inkan.server.registration;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import java.time.Instant;
import java.util.Optional;

/** Users and their organisations, inside one transaction. */
public interface UserStore {

  Optional<User> find(UserId userId);

  Optional<User> find(SubscriberId id);

  /**
   * Adds a user, and the organisation where its number is new. An organisation has one master.
   *
   * @throws DuplicateUserException if the user ID is taken, or the organisation has a master
   *     already
   */
  void add(User user);

  /**
   * Takes one of the user's attempts before the password is looked at, in one conditional update:
   * so many parallel guesses cannot run more checks than the limit. The attempt that reaches the
   * limit locks (and at the last lock blocks) there and then; a success clears it again.
   *
   * @return the lock as it stands with this attempt counted, or nothing if the user is locked or
   *     blocked at {@code now} and nothing may be tried
   */
  Optional<Attempts> reserveAttempt(SubscriberId id, Instant now, LockoutPolicy policy);

  /** Clears failures, locks and block: after a right password. */
  void clearAttempts(SubscriberId id);

  /** Replaces the password hash: the parameters changed, or the password did. */
  void replacePassword(SubscriberId id, PasswordHash password);
}
