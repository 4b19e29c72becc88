package dev.inkan.server.store;

/** A database could not be carried over; the message says why and what is left. */
public final class DatabaseTransferException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseTransferException(String message) {
    super(message);
  }
}
