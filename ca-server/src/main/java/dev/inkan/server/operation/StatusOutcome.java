package dev.inkan.server.operation;

/** What became of a certificate whose status was to change. */
public enum StatusOutcome {
  /** It has the new status, from now on and whatever becomes of the database. */
  DONE,
  /** It was on hold already. */
  ALREADY_HELD,
  /** It was revoked before; the first revocation stands. */
  ALREADY_REVOKED,
  /** It is not on hold. */
  NOT_HELD,
  /** Its validity is over. */
  EXPIRED,
  /** The invalidity date lies before the certificate. */
  INVALID_BEFORE_ISSUE,
  /** This CA has no such serial number. */
  NOT_ISSUED_HERE
}
