package dev.inkan.server.authority;

/** A step towards the next issuing CA could not be done; the message says why and what to do. */
public final class RolloverException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RolloverException(String what) {
    super(what);
  }
}
