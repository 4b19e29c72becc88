package dev.inkan.admin.client;

/** What was said about the connection cannot work: a file is missing, a password wrong. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String tryNext;

  public SettingsException(String message, String tryNext) {
    super(message);
    this.tryNext = tryNext;
  }

  public SettingsException(String message, String tryNext, Throwable cause) {
    super(message, cause);
    this.tryNext = tryNext;
  }

  /** What helps, in a sentence. */
  public String tryNext() {
    return tryNext;
  }
}
