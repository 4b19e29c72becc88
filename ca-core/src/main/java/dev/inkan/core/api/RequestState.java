package dev.inkan.core.api;

/** How far a revocation request is. */
public enum RequestState {
  /** Waits for somebody to decide. */
  OPEN,
  /** Decided; some certificates are still to be revoked. */
  APPROVED,
  /** Every certificate is revoked. */
  DONE,
  /** Decided against it. */
  REJECTED
}
