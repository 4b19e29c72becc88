package dev.inkan.server.registration;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the bank's list of organisations.
 *
 * @param master the registered master user
 * @param letter the letter that counts, used or not
 */
public record OrganisationEntry(
    Organisation organisation, Optional<Master> master, Optional<Letter> letter) {

  /**
   * The registered master user.
   *
   * @param initialised whether the bank initialised the user, who has not registered again yet
   */
  public record Master(UserId userId, boolean initialised, Attempts lock) {}

  /**
   * A letter to the master user.
   *
   * @param until when its initial password ends
   * @param used whether a registration was completed with it
   */
  public record Letter(LoginId loginId, Instant until, boolean used, Attempts lock) {}
}
