package dev.inkan.core.api;

/** How far a request is with one certificate. */
public enum ItemState {
  PENDING,
  REVOKED,
  /** Somebody else had revoked it before. */
  ALREADY_REVOKED
}
