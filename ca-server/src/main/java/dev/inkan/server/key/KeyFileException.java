package dev.inkan.server.key;

/** A key or what belongs to it cannot be made; the message says why, and what to do. */
public final class KeyFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KeyFileException(String what) {
    super(what);
  }
}
