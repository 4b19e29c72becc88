package dev.inkan.server.registration.user;

/** A user cannot be added because the user ID is taken or the organisation has a master. */
public final class DuplicateUserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DuplicateUserException(String what) {
    super(what);
  }
}
