package dev.inkan.admin.command.audit;

import java.util.Map;
import java.util.Optional;

/**
 * One object of an audit export, whose fields are texts and numbers.
 *
 * @param line where it begins, 1 for the first
 */
record ExportLine(int line, Map<String, String> fields) {

  ExportLine {
    fields = Map.copyOf(fields);
  }

  String type() {
    return text("type");
  }

  String text(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("without its field " + name);
    }
    return value;
  }

  Optional<String> maybe(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  long number(String name) {
    return Long.parseLong(text(name));
  }

  /** {@code line 8 (record 6)}. */
  String place() {
    return "line "
        + line
        + maybe("number").map(it -> " (" + maybe("type").orElse("") + " " + it + ")").orElse("");
  }
}
