package dev.inkan.admin.client;

import java.util.List;

/** There was no answer: no connection, no agreement on certificates, or not in time. */
public final class UnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> tryNext;

  UnreachableException(String message, List<String> tryNext, Throwable cause) {
    super(message, cause);
    this.tryNext = List.copyOf(tryNext);
  }

  /** What may help, in sentences. */
  public List<String> tryNext() {
    return tryNext;
  }
}
