package dev.inkan.core.api;

/** What another operator must approve. */
public enum SecondOperator {
  /** Nothing: requests are approved by whoever adds them. */
  NEVER,
  /** Bulk revocations. */
  BULK,
  /** Every revocation. */
  ALWAYS
}
