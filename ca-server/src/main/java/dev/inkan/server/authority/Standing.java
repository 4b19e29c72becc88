package dev.inkan.server.authority;

/** How far an issuing CA has come. */
public enum Standing {
  /** Its key is made, its certificate is still to come. */
  AWAITED,
  /** It publishes, and nobody has said yet when it begins to issue. */
  PREPARED,
  /** It begins at a time that is still to come. */
  SCHEDULED,
  /** Certificates are issued by it. */
  ISSUING,
  /** It answers for what it issued before. */
  FORMER,
  /** It signs nothing any more. */
  RETIRED
}
