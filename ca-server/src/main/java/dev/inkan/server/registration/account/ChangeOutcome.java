package dev.inkan.server.registration.account;

import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;

/** What became of changing one's own password behind the log-in. */
public sealed interface ChangeOutcome {

  /** It is the user's password now; the browser carries on with this token. */
  record Changed(SessionToken token) implements ChangeOutcome {}

  /** It is the password before once more. */
  record SameAsBefore() implements ChangeOutcome {}

  /** The password so far has to be typed as well. */
  record CurrentMissing() implements ChangeOutcome {}

  /** What was typed as the password so far did not pass. Never {@code Authenticated}. */
  record NotAuthenticated(Authentication result) implements ChangeOutcome {}

  /** Somebody else set the password so far, and its time is over. */
  record InitialPasswordOver(User user) implements ChangeOutcome {}

  /** Too much hashing at this moment; nothing was changed. */
  record Busy() implements ChangeOutcome {}

  /** The session is over, because of time, another tab, or another password set by somebody. */
  record NoSession() implements ChangeOutcome {}
}
