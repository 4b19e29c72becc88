package dev.inkan.server.authority;

/** A status node could not be certified or removed; the message says why and what to do. */
public final class StatusNodeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StatusNodeException(String what) {
    super(what);
  }
}
