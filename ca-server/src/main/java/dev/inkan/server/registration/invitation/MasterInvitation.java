package dev.inkan.server.registration.invitation;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.Organisation;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server keeps of the letter with which an organisation's master user registers (C1, C3).
 * An organisation has one at most; a new letter takes the place of the old.
 *
 * @param initialPassword the hash of the initial password, which only the letter holds
 * @param expiresAt from when on it no longer opens anything
 * @param usedAt when a registration with it was completed
 * @param lock wrong initial passwords, counted as a user's are
 */
public record MasterInvitation(
    Organisation organisation,
    LoginId loginId,
    PasswordHash initialPassword,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> usedAt,
    Attempts lock) {

  /** A letter that nobody has used. */
  public static MasterInvitation issued(
      Organisation organisation,
      LoginId loginId,
      PasswordHash initialPassword,
      Instant createdAt,
      Instant expiresAt) {
    return new MasterInvitation(
        organisation,
        loginId,
        initialPassword,
        createdAt,
        expiresAt,
        Optional.empty(),
        Attempts.NONE);
  }

  /** Whether a registration has been completed with it. */
  public boolean isUsed() {
    return usedAt.isPresent();
  }

  /** Whether its time is over at {@code now}. */
  public boolean isOverAt(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
