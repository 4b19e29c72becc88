package dev.inkan.core.issue;

import dev.inkan.core.certificate.SerialNumber;

/**
 * The signer produced no sound signature. The serial number has been recorded already, so it is
 * burnt: a retry must draw a new one.
 */
public final class SigningFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SerialNumber serialNumber;

  public SigningFailedException(SerialNumber serialNumber, String issuer, Throwable cause) {
    super("signing certificate " + serialNumber + " as '" + issuer + "' failed", cause);
    this.serialNumber = serialNumber;
  }

  public SerialNumber serialNumber() {
    return serialNumber;
  }
}
