package dev.inkan.core.api;

/** How a user's account stands, the weightiest first. */
public enum AccountState {
  REMOVED,
  BLOCKED,
  LOCKED,
  INITIAL_PASSWORD_OVER,
  INITIAL_PASSWORD,
  ACTIVE
}
