package dev.inkan.core.key;

/** A PKCS#11 function said no; the message is its return value's name, such as CKR_DEVICE_ERROR. */
final class CryptokiException extends Exception {

  private static final long serialVersionUID = 1L;

  CryptokiException(String message, Throwable cause) {
    super(message, cause);
  }

  CryptokiException(String message) {
    super(message);
  }

  /** Our own message, or else the innermost, which the library's manual explains. */
  static String nameOf(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && !(innermost instanceof CryptokiException)) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
