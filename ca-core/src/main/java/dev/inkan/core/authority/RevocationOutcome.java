package dev.inkan.core.authority;

/** What became of a request to revoke. */
public enum RevocationOutcome {
  /** It is revoked now. */
  REVOKED,
  /** It was revoked before; the first revocation stands. */
  ALREADY_REVOKED,
  /** This CA has no such serial number. */
  NOT_ISSUED_HERE
}
