package dev.inkan.server.registration.administration;

/** What became of asking for another address. */
public enum AddressOutcome {
  /** The code is on its way to the new address. */
  CODE_SENT,
  /** It is the registered address already. */
  SAME_ADDRESS,
  /** No more codes for this user within 24 hours. */
  TOO_MANY_CODES
}
