package dev.inkan.server.store;

/** The database's schema is not the one this program works with. Nothing has been changed. */
public final class SchemaVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SchemaVersionException(String what) {
    super(what);
  }
}
