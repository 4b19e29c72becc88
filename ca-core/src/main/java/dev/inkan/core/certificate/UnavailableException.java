package dev.inkan.core.certificate;

/**
 * Something that certificates or their status are made with is away and may come back. What was
 * asked for was not done; it can be asked for again.
 */
public abstract class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  protected UnavailableException(String message) {
    super(message);
  }

  protected UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
