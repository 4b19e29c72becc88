package dev.inkan.server.registration.invitation;

/** What became of a login ID and an initial password. */
public sealed interface InvitationAnswer {

  /** They are right, and the letter counts. */
  record Admitted(MasterInvitation invitation) implements InvitationAnswer {}

  /** No such login ID, wrong password, locked or blocked: nobody is told which (S1). */
  record Refused() implements InvitationAnswer {}

  /** They are right, but the letter no longer counts: told only to who typed the right password. */
  record Lapsed(InvitationLapse why) implements InvitationAnswer {}

  /** The source address has used up its budget; nothing was counted against the letter. */
  record SourceOverBudget() implements InvitationAnswer {}

  /** Too many passwords are being checked at this moment; nothing was counted. */
  record Busy() implements InvitationAnswer {}
}
