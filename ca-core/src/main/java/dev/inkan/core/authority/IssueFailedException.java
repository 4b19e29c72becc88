package dev.inkan.core.authority;

import dev.inkan.core.certificate.SerialNumber;

/**
 * A certificate that was being issued came to nothing. Its serial number is burnt; the entry was
 * closed, or will be when this node starts again. The subscriber may ask anew at once if the entry
 * was closed, and after the preparation timeout otherwise.
 */
public final class IssueFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient SerialNumber serialNumber;
  private final Stage stage;

  public IssueFailedException(SerialNumber serialNumber, Stage stage, Throwable cause) {
    super("issue of certificate " + serialNumber + " failed at " + stage, cause);
    this.serialNumber = serialNumber;
    this.stage = stage;
  }

  /** How far the issue got. */
  public enum Stage {
    KEY,
    PREPARE,
    SIGN,
    PACK,
    JOURNAL,
    RECORD
  }

  public SerialNumber serialNumber() {
    return serialNumber;
  }

  public Stage stage() {
    return stage;
  }
}
