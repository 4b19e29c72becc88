package dev.inkan.server.registration.invitation;

import dev.inkan.server.registration.user.Organisation;

/** What became of an organisation to be added (C1). */
public sealed interface AddOutcome {

  /** It is there, and its master user invited. The caller writes the letter and closes it. */
  record Added(IssuedInvitation letter) implements AddOutcome {}

  /** The number is another's, or the same organisation's already; nothing changed. */
  record NumberTaken(Organisation holder) implements AddOutcome {}
}
