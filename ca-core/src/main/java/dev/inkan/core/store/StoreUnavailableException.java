package dev.inkan.core.store;

/** The database could not be reached or refused. What was asked for has not been done. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
