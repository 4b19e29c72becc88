package dev.inkan.core.api;

/** How the letter to a master user stands. */
public enum LetterState {
  BLOCKED,
  LOCKED,
  USED,
  EXPIRED,
  OPEN
}
