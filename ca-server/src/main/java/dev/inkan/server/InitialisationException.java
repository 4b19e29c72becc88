package dev.inkan.server;

/** An installation could not be made; the message says why and what to do. */
final class InitialisationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InitialisationException(String what) {
    super(what);
  }
}
