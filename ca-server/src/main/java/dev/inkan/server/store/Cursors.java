package dev.inkan.server.store;

import dev.inkan.server.operation.InvalidCursorException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Where a list goes on, as text. */
final class Cursors {

  private static final String SEPARATOR = "_";

  private Cursors() {}

  /** The cursor of an item in a list by time. */
  static String of(Instant at, long number) {
    return at.toString() + SEPARATOR + number;
  }

  /**
   * @throws InvalidCursorException if it is none
   */
  static Long number(String cursor) {
    try {
      return Long.valueOf(cursor);
    } catch (NumberFormatException e) {
      throw new InvalidCursorException();
    }
  }

  static Instant time(String cursor) {
    try {
      return Instant.parse(cursor);
    } catch (DateTimeParseException e) {
      throw new InvalidCursorException();
    }
  }

  static String[] parts(String cursor, int count) {
    String[] parts = cursor.split(SEPARATOR, -1);
    if (parts.length != count) {
      throw new InvalidCursorException();
    }
    return parts;
  }
}
