package dev.inkan.server.registration.invitation;

import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.user.UserStore;
import java.time.Instant;
import java.util.Optional;

/**
 * Invitations of master users, inside one transaction. Each change is one conditional update, so
 * that of two that race exactly one is told {@code true}.
 */
public interface InvitationStore {

  /**
   * Adds the invitation in the place of the organisation's former one, if it had one. The
   * organisation must be known.
   *
   * @return false, and nothing changed, if the login ID is another organisation's or a first
   *     invitation of this one was added at the same moment: draw another login ID and repeat
   */
  boolean replace(MasterInvitation invitation);

  Optional<MasterInvitation> find(LoginId loginId);

  /**
   * The organisation's invitation, used and expired ones included.
   *
   * @param number the bank's number of the organisation
   */
  Optional<MasterInvitation> findByOrganisation(String number);

  /**
   * Takes one attempt before the initial password is looked at, as {@link UserStore#reserveAttempt}
   * does.
   *
   * @return the lock as it stands with this attempt counted, or nothing if there is no such
   *     invitation, or it is locked or blocked at {@code now}
   */
  Optional<Attempts> reserveAttempt(LoginId loginId, Instant now, LockoutPolicy policy);

  /** Clears failures, locks and block: after a right initial password. */
  void clearAttempts(LoginId loginId);

  /** Uses the invitation up, if it is unused and its time is not over at {@code now}. */
  boolean consume(LoginId loginId, Instant now);
}
