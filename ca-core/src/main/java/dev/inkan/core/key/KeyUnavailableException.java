package dev.inkan.core.key;

import dev.inkan.core.certificate.UnavailableException;

/** A key cannot be used: what holds it is missing, damaged or away, or will not be opened. */
public final class KeyUnavailableException extends UnavailableException {

  private static final long serialVersionUID = 1L;

  private final String keyId;
  private final Reason reason;

  /**
   * @param keyId how the key is called
   * @param detail where it was looked for and what is wrong; never a secret
   */
  public KeyUnavailableException(String keyId, Reason reason, String detail) {
    super(message(keyId, detail));
    this.keyId = keyId;
    this.reason = reason;
  }

  /** As above, with the {@code cause}. */
  public KeyUnavailableException(String keyId, Reason reason, String detail, Throwable cause) {
    super(message(keyId, detail), cause);
    this.keyId = keyId;
    this.reason = reason;
  }

  /** What is wrong. */
  public enum Reason {
    MISSING,
    UNREADABLE,
    WRONG_PASSPHRASE,
    DAMAGED,
    UNSUITABLE,
    KEY_DOES_NOT_MATCH_CERTIFICATE,
    /** The token is not in its slot, or does not answer. It may come back. */
    TOKEN_AWAY,
    /** The token refused the PIN, which is not tried again. */
    WRONG_PIN,
    /** Two objects of the token have the name. */
    AMBIGUOUS,
    /** The token would hand the key out. */
    EXTRACTABLE
  }

  public String keyId() {
    return keyId;
  }

  public Reason reason() {
    return reason;
  }

  private static String message(String keyId, String detail) {
    return "key '" + keyId + "' is not available: " + detail;
  }
}
