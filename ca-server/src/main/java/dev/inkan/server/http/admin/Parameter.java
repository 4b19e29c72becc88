package dev.inkan.server.http.admin;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * One parameter of a query.
 *
 * @param type a text, a number, a time or an enum
 */
record Parameter(String name, Class<?> type, String meaning) {

  static final String DRY_RUN = "dryRun";

  static Parameter text(String name, String meaning) {
    return new Parameter(name, String.class, meaning);
  }

  static Parameter number(String name, String meaning) {
    return new Parameter(name, Integer.class, meaning);
  }

  static Parameter time(String name, String meaning) {
    return new Parameter(name, Instant.class, meaning);
  }

  static <E extends Enum<E>> Parameter word(String name, Class<E> type, String meaning) {
    return new Parameter(name, type, meaning);
  }

  /** Those of every list, and more. */
  static Parameter[] paged(Parameter... more) {
    return Stream.concat(
            Stream.of(
                number("limit", "how many at most, 1-1000; 100 if not given"),
                text("after", "the next of the page before")),
            Stream.of(more))
        .toArray(Parameter[]::new);
  }
}
