package dev.inkan.server.http.status;

/** The status listener cannot listen where it was told to. */
public final class StatusListenerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StatusListenerException(String message, Throwable cause) {
    super(message, cause);
  }
}
