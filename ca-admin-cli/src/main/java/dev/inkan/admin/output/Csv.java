package dev.inkan.admin.output;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values with CRLF, where no cell is a formula to a spreadsheet.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class Csv {

  static final String LINE_END = "\r\n";

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  /** Spreadsheets run what begins so, and the words may be a stranger's. */
  private static final Pattern FORMULA = Pattern.compile("[=+@\t\r\n\\-\uff1d\uff0b\uff20\uff0d]");

  private Csv() {}

  static String line(List<Optional<?>> cells) {
    return cells.stream()
            .map(cell -> cell.map(Csv::cell).orElse(""))
            .collect(Collectors.joining(","))
        + LINE_END;
  }

  private static String cell(Object value) {
    if (value instanceof Number || value instanceof Instant) {
      return value.toString();
    }
    String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
    String safe = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    return SPECIAL.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
