package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.InvitationLapse;

/** What became of a master user's user ID, password, name and address. */
public sealed interface SubmitOutcome {

  /** The code is on its way to the address. */
  record CodeSent() implements SubmitOutcome {}

  /** Somebody else has the user ID, or had it. */
  record UserIdTaken() implements SubmitOutcome {}

  /** The password is the initial password once more. */
  record SamePassword() implements SubmitOutcome {}

  /** Too many codes were asked for with this letter today. */
  record TooManyCodes(int perDay) implements SubmitOutcome {}

  /** The letter no longer counts. */
  record Lapsed(InvitationLapse why) implements SubmitOutcome {}

  /** The source address has used up its budget; nothing changed. */
  record SourceOverBudget() implements SubmitOutcome {}

  /** Too many passwords are being hashed at this moment; nothing changed. */
  record Busy() implements SubmitOutcome {}

  /** The registration is over, or belongs to another browser. */
  record NoSession() implements SubmitOutcome {}
}
