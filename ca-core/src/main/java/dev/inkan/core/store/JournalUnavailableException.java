package dev.inkan.core.store;

/** The journal could not be written. Nothing that depends on the record may be answered. */
public final class JournalUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
