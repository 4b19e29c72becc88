package dev.inkan.core.api;

/** Whether an organisation's users may log in and be issued certificates. */
public enum OrganisationState {
  ACTIVE,
  /** No log-in, no registration, no issue; certificates keep their status. */
  SUSPENDED,
  /** As suspended, for good. */
  CLOSED
}
