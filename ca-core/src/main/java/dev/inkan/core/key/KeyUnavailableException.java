package dev.inkan.core.key;

/** A key cannot be used: its file is missing or damaged, or the passphrase is wrong. */
public final class KeyUnavailableException extends RuntimeException {

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
    KEY_DOES_NOT_MATCH_CERTIFICATE
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
