package dev.inkan.server.operation;

/** The cursor of a list was not one that this list gave. */
public final class InvalidCursorException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidCursorException() {
    super("no cursor of this list");
  }
}
