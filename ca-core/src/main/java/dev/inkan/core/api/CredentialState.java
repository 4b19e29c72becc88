package dev.inkan.core.api;

/** Whether an operator's certificate gets its holder in. */
public enum CredentialState {
  VALID,
  EXPIRED,
  REVOKED,
  /** A newer one was used. */
  REPLACED
}
