package dev.inkan.server.store;

/** Another server of the same name uses the database. Nothing has been changed. */
public final class NodeNameTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NodeNameTakenException(String what) {
    super(what);
  }
}
