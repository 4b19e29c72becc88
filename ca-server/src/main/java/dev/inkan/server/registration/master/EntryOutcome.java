package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.InvitationLapse;
import dev.inkan.server.registration.secret.SessionToken;
import java.util.Optional;

/** What became of the code that proves a master user's address. */
public sealed interface EntryOutcome {

  /**
   * It is right and the user is registered.
   *
   * @param application the token with which the browser carries on at ⑥; empty where no certificate
   *     is due
   */
  record Registered(Optional<SessionToken> application) implements EntryOutcome {}

  /** It is wrong; so many tries are left. */
  record Wrong(int triesLeft) implements EntryOutcome {}

  /** Too many wrong codes: this one no longer counts, and the registration starts again. */
  record Voided() implements EntryOutcome {}

  /** Its time is over; another can be asked for. */
  record Expired() implements EntryOutcome {}

  /** It was right before, by a double click or in another tab. */
  record AlreadyRegistered() implements EntryOutcome {}

  /** It is right, but the user ID has become somebody else's meanwhile; nobody was registered. */
  record UserIdTaken() implements EntryOutcome {}

  /** It is right, but the letter no longer counts; nobody was registered. */
  record Lapsed(InvitationLapse why) implements EntryOutcome {}

  /** No code is awaited: the details come first. */
  record NoCode() implements EntryOutcome {}

  /** The registration is over, or belongs to another browser. */
  record NoSession() implements EntryOutcome {}
}
