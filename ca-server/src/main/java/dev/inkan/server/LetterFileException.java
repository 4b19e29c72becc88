package dev.inkan.server;

/** A letter's file cannot be written. The message says what to do. */
final class LetterFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LetterFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
