package dev.inkan.server.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Rows of one kind for people ({@code table}) and programs ({@code json}, {@code csv}).
 *
 * @param columns from left to right
 */
public record Listing<T>(List<Column<T>> columns) {

  private static final String BETWEEN = "  ";

  /** The forms a listing can be printed in. */
  public enum Format {
    TABLE,
    JSON,
    CSV
  }

  /**
   * A column.
   *
   * @param name in small letters
   * @param shown what people read; empty for nothing
   * @param data what programs read: a number or a text; times in UTC, ISO 8601
   */
  public record Column<T>(
      String name, Function<T, Optional<String>> shown, Function<T, Optional<?>> data) {

    /** A column that says the same to people and programs. */
    public static <T> Column<T> of(String name, Function<T, Optional<?>> data) {
      return new Column<>(name, row -> data.apply(row).map(Object::toString), data);
    }
  }

  /** Prints {@code rows}. */
  public void print(List<T> rows, Format format, PrintWriter out) {
    switch (format) {
      case TABLE -> table(rows, out);
      case JSON -> json(rows, out);
      case CSV -> csv(rows, out);
    }
    out.flush();
  }

  private void table(List<T> rows, PrintWriter out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(it -> it.name().toUpperCase(Locale.ROOT)).toList());
    rows.forEach(row -> cells.add(columns.stream().map(it -> shown(it, row)).toList()));
    List<Integer> widths =
        IntStream.range(0, columns.size())
            .mapToObj(i -> cells.stream().mapToInt(it -> TextWidth.of(it.get(i))).max().orElse(0))
            .toList();
    for (List<String> line : cells) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        padded.append(TextWidth.padded(line.get(i), widths.get(i))).append(BETWEEN);
      }
      out.println(padded.toString().stripTrailing());
    }
  }

  /** On one line: what a mail server says must not draw on the terminal. */
  private String shown(Column<T> column, T row) {
    return column.shown().apply(row).orElse("-").replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
  }

  private void json(List<T> rows, PrintWriter out) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (T row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      columns.forEach(it -> it.data().apply(row).ifPresent(value -> object.put(it.name(), value)));
      objects.add(object);
    }
    try {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(objects));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts make JSON", e);
    }
  }

  private void csv(List<T> rows, PrintWriter out) {
    try (CSVPrinter printer = new CSVPrinter(new Unclosed(out), CSVFormat.RFC4180)) {
      printer.printRecord(columns.stream().map(Column::name).toList());
      for (T row : rows) {
        printer.printRecord(
            columns.stream()
                .map(it -> it.data().apply(row).map(Listing::cell).orElse(""))
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spreadsheets run what looks like a formula, and the words may be a stranger's. */
  private static String cell(Object value) {
    String text = value.toString();
    return value instanceof String && text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
  }

  /** The command's own output, which stays open. */
  private static final class Unclosed extends java.io.FilterWriter {

    private Unclosed(PrintWriter out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
