package dev.inkan.core.issue;

import dev.inkan.core.certificate.Validity;

/**
 * A certificate would be valid when its issuer is not. Nothing was signed: the issuing CA has to be
 * rolled over, or the clock is wrong.
 */
public final class ValidityOutsideIssuerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ValidityOutsideIssuerException(Validity wanted, Validity issuer) {
    super(
        "certificate would be valid from "
            + wanted.notBefore()
            + " to "
            + wanted.notAfter()
            + " but its issuer only from "
            + issuer.notBefore()
            + " to "
            + issuer.notAfter());
  }
}
