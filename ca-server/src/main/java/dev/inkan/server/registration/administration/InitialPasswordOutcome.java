package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.User;
import java.time.Instant;

/** What became of giving a user a new initial password. */
public sealed interface InitialPasswordOutcome {

  /**
   * The user has a new one.
   *
   * @param password to be handed over; known here for the last time, and closed by the receiver
   * @param until when it ends
   */
  record Initialised(User user, LoginPassword password, Instant until)
      implements InitialPasswordOutcome {}

  /** Too many passwords are being hashed at this moment; nothing was changed. */
  record Busy() implements InitialPasswordOutcome {}
}
