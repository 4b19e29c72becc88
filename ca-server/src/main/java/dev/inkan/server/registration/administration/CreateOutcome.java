package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.user.User;

/** What became of creating a user. */
public sealed interface CreateOutcome {

  /** The user is there and was told by mail, except for the password. */
  record Created(User user) implements CreateOutcome {}

  /** Somebody has the user ID, or had it once. */
  record UserIdTaken() implements CreateOutcome {}

  /** Too many passwords are being hashed at this moment; nothing was changed. */
  record Busy() implements CreateOutcome {}
}
