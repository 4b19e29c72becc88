package dev.inkan.server.registration.invitation;

import dev.inkan.server.registration.user.UserId;
import java.util.Optional;

/** What became of a master user to be unlocked or unblocked (B10). */
public sealed interface UnlockOutcome {

  /**
   * A lock or block ended.
   *
   * @param user the registered master user, if it was theirs; they were told by mail
   * @param letter the login ID of the letter, if it was the letter's
   */
  record Ended(Optional<UserId> user, Optional<LoginId> letter) implements UnlockOutcome {}

  /** There was nothing of the kind; nothing changed. */
  record NothingToEnd() implements UnlockOutcome {}

  /** Asked to unlock, but it is blocked, which only unblocking ends; nothing changed. */
  record Blocked() implements UnlockOutcome {}

  /** No organisation has this number. */
  record UnknownOrganisation() implements UnlockOutcome {}
}
