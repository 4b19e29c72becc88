package dev.inkan.core.api;

/** How far an issuing CA has come. */
public enum IssuingAuthorityState {
  /** Its key is made, its certificate is still to come from the root. */
  AWAITED,
  /** It has its certificate and publishes; nobody has said yet when it begins to issue. */
  PREPARED,
  /** It begins at a time that is still to come. */
  SCHEDULED,
  /** Certificates are issued by it. */
  ISSUING,
  /** It signs CRLs and OCSP answers for what it issued before. */
  FORMER,
  /** Nothing that it issued counts any more: it signs nothing. */
  RETIRED
}
