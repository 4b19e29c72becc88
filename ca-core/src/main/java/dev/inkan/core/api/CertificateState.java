package dev.inkan.core.api;

/** Whether a certificate counts. */
public enum CertificateState {
  VALID,
  EXPIRED,
  REVOKED,
  /** On hold; it can be released. */
  HELD,
  /** Its issue came to nothing; it counts as revoked. */
  ABANDONED,
  /** Its issue is under way. */
  PREPARED
}
