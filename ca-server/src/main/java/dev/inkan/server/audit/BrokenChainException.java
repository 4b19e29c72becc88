package dev.inkan.server.audit;

/** The audit trail is not the one that was signed before; it is not signed again. */
public final class BrokenChainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenChainException(String what) {
    super(what);
  }
}
