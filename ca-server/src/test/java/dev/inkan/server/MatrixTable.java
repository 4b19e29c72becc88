package dev.inkan.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows and columns by name, to print. */
final class MatrixTable {

  private final List<String> columns;
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  MatrixTable(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  void put(String row, String column, String cell) {
    rows.computeIfAbsent(row, it -> new LinkedHashMap<>()).put(column, cell);
  }

  String text() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(columns);
    lines.add(head);
    rows.forEach(
        (row, cells) -> {
          List<String> line = new ArrayList<>(List.of(row));
          columns.forEach(column -> line.add(cells.getOrDefault(column, "-")));
          lines.add(line);
        });
    int[] widths =
        IntStream.range(0, head.size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        String cell = line.get(i);
        text.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
