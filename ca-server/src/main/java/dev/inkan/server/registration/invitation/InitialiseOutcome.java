package dev.inkan.server.registration.invitation;

/** What became of a master user to be initialised (C3). */
public sealed interface InitialiseOutcome {

  /**
   * A new letter counts. The caller writes it and closes it.
   *
   * @param before what there was, to be told
   */
  record Initialised(IssuedInvitation letter, MasterStanding before, Ended ended)
      implements InitialiseOutcome {}

  /** No organisation has this number. */
  record UnknownOrganisation() implements InitialiseOutcome {}

  /** How many of the master user's applications and sessions ended with the old password. */
  record Ended(int applications, int sessions) {}
}
