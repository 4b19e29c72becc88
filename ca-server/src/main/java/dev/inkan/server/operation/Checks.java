package dev.inkan.server.operation;

import dev.inkan.core.api.Asked;
import java.time.Instant;
import java.util.Optional;

/** What is asked of texts and times before anything is done with them. */
final class Checks {

  private static final int LONGEST_NOTE = 500;
  private static final int LONGEST_NAME = 64;

  private Checks() {}

  /** A note may hold line ends, but nothing else that does not print. */
  static Optional<Refusal> note(String field, Optional<String> note) {
    return note.filter(
            text ->
                text.isBlank()
                    || text.codePointCount(0, text.length()) > LONGEST_NOTE
                    || text.codePoints().anyMatch(Checks::doesNotPrint))
        .map(text -> Refusal.field(field, "must have 1-500 characters, none of them a control"));
  }

  static Optional<Refusal> name(String field, String name) {
    return name.isBlank()
            || name.codePointCount(0, name.length()) > LONGEST_NAME
            || name.codePoints().anyMatch(c -> doesNotPrint(c) || c == '\n')
        ? Optional.of(Refusal.field(field, "must have 1-64 characters, none of them a control"))
        : Optional.empty();
  }

  static Optional<Refusal> past(String field, Optional<Instant> at, Instant now) {
    return at.filter(now::isBefore)
        .map(it -> Refusal.field(field, "must not be in the future, but it is now " + now));
  }

  static Optional<Refusal> asked(Asked asked, Instant now) {
    return name("asked.askedBy", asked.askedBy())
        .or(() -> note("asked.note", asked.note()))
        .or(() -> past("asked.lostAt", asked.lostAt(), now));
  }

  private static boolean doesNotPrint(int c) {
    int type = Character.getType(c);
    return (Character.isISOControl(c) && c != '\n')
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
