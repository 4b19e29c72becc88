package dev.inkan.e2e;

/** Where an issue is broken off, in the order in which an issue passes them. */
enum CrashPoint {
  /** The serial number is reserved in the journal; the ledger knows nothing. */
  BEFORE_T1,
  /** The entry is written, and not yet committed. */
  IN_T1,
  /** The entry is prepared. */
  AFTER_T1,
  /** A certificate is signed that nothing but this process knows. */
  AFTER_SIGNING,
  /** The journal knows the certificate, the ledger does not. */
  BEFORE_T2,
  /** The file is sealed and all is written, and not yet committed. */
  IN_T2,
  /** All is committed; nobody was answered. */
  AFTER_T2;

  /** Whether the ledger has an entry afterwards. */
  boolean leavesAnEntry() {
    return compareTo(IN_T1) > 0;
  }

  /** Whether the certificate counts. */
  boolean leavesACertificate() {
    return this == AFTER_T2;
  }
}
