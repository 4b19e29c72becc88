package dev.inkan.admin.json;

/** JSON that is none, or does not fit the record it should make. */
public final class JsonFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JsonFormatException(String message) {
    super(message);
  }

  public JsonFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
