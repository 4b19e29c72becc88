package dev.inkan.core.authority;

/** What became of a request to revoke, to hold or to release. */
public enum RevocationOutcome {
  /** It is revoked now, and for ever; a hold has ended in it. */
  REVOKED,
  /** It is on hold now. */
  HELD,
  /** It is no longer on hold, and counts again. */
  RELEASED,
  /** It was revoked before, and for ever; the first revocation stands. */
  ALREADY_REVOKED,
  /** It was on hold before; the first hold stands. */
  ALREADY_HELD,
  /** It is neither on hold nor revoked, so nothing can be released. */
  NOT_HELD,
  /** Its validity is over: there is nothing left to hold or to release. */
  EXPIRED,
  /** It is said to have been invalid since before it was valid. */
  INVALID_BEFORE_ISSUE,
  /** This CA has issued no certificate of this serial number. */
  NOT_ISSUED_HERE
}
