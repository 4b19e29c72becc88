package dev.inkan.core.api;

import dev.inkan.core.certificate.RevocationReason;

/** Why an organisation wants a certificate revoked (D3). */
public enum Cause {
  LOST(RevocationReason.KEY_COMPROMISE),
  STOLEN(RevocationReason.KEY_COMPROMISE),
  REPLACED(RevocationReason.SUPERSEDED),
  /** The file was lost before it was imported (B17). */
  NEVER_IMPORTED(RevocationReason.SUPERSEDED),
  STAFF_LEFT(RevocationReason.AFFILIATION_CHANGED),
  /** The organisation leaves the service. */
  CLOSING(RevocationReason.CESSATION_OF_OPERATION),
  OTHER(RevocationReason.UNSPECIFIED);

  private final RevocationReason reason;

  Cause(RevocationReason reason) {
    this.reason = reason;
  }

  /** What the CRL and OCSP will say (RFC 5280, section 5.3.1). */
  public RevocationReason reason() {
    return reason;
  }
}
