package dev.inkan.server.installation;

/** An installation could not be made; the message says why and what to do. */
public final class InitialisationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InitialisationException(String what) {
    super(what);
  }
}
