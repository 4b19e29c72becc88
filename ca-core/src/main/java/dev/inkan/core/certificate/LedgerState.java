package dev.inkan.core.certificate;

/** How far an entry of the ledger got. */
public enum LedgerState {
  /** The serial number is taken and the certificate may be signed at any moment. */
  PREPARED,
  /** The certificate was signed and stored. It may have been revoked since. */
  ISSUED,
  /**
   * The serial number is burnt: the issue ended without a certificate being handed out. A signature
   * may exist all the same, so the entry counts as revoked.
   */
  ABANDONED
}
