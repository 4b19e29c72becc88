package dev.inkan.server.registration.administration;

/** What became of ending a user's lock or block. */
public enum UserUnlockOutcome {
  UNLOCKED,
  /** It has ended already, or there was none. */
  NOT_LOCKED
}
