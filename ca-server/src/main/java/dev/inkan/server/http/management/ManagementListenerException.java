package dev.inkan.server.http.management;

/** The management listener cannot listen where it was told to. */
public final class ManagementListenerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ManagementListenerException(String message, Throwable cause) {
    super(message, cause);
  }
}
