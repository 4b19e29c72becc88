package dev.inkan.server.registration.user;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.PasswordHash;
import java.time.Instant;
import java.util.Optional;

/** Users and their organisations, inside one transaction. Removed users are not found. */
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

  /**
   * Does and writes as much as {@link #reserveAttempt} of somebody who may not try, for a user who
   * does not exist: so that nobody can tell the two by time (S1).
   */
  void reserveInVain(UserId typed, Instant now, LockoutPolicy policy);

  /**
   * After a right password: clears failures, the block and all locks but those by codes. Only if
   * the user has that password still, and no lock by codes came since the attempt was taken: what
   * was done in between wins.
   *
   * @param verified the hash the password was checked against
   * @param reserved what {@link #reserveAttempt} returned
   * @return false if the success does not count; nothing changed
   */
  boolean clearAttempts(SubscriberId id, PasswordHash verified, Attempts reserved);

  /**
   * Counts a code that wrong tries made void, in one conditional update; so many in a row lock as
   * wrong passwords do.
   *
   * @return the account with this code counted, or nothing if it is locked or blocked at {@code
   *     now} and nothing counts
   */
  Optional<Attempts> countVoidCode(
      SubscriberId id, Instant now, int voidCodesUntilLocked, LockoutPolicy policy);

  /** After a right code: clears void codes and the locks they brought. */
  void clearVoidCodes(SubscriberId id);

  /**
   * Replaces the hash of the same password, because the parameters changed.
   *
   * @return false if the password is another one by now; nothing changed
   */
  boolean rehash(SubscriberId id, PasswordHash before, PasswordHash after);

  /**
   * Clears failures, locks, block and void codes, because somebody else says so (B10).
   *
   * @return false if there was nothing to clear
   */
  boolean unlock(SubscriberId id);

  /**
   * Gives the user another registered address.
   *
   * @return false if there is no such user
   */
  boolean changeMail(SubscriberId id, MailAddress mail);

  /**
   * Removes the user: nobody finds them any more, and their user ID stays taken. It revokes
   * nothing.
   *
   * @return false if there is no such user, or no longer
   */
  boolean remove(SubscriberId id, Instant now);

  /**
   * Sets in which language the user is written to.
   *
   * @return false if it was that already, or there is no such user
   */
  boolean setLanguage(SubscriberId id, Language language);

  /**
   * Whether {@code hash} is still what is stored for the user. If so, it stays until the
   * transaction ends: who sets another password meanwhile waits, and then finds what this
   * transaction made.
   */
  boolean holdPassword(SubscriberId id, PasswordHash hash);

  /** Gives the user another password. Do so before ending the user's sessions. */
  void setPassword(SubscriberId id, UserPassword password);
}
