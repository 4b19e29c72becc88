package dev.inkan.admin.output;

import dev.inkan.admin.output.Column.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Cells in columns, whichever of them are full-width. */
final class Table {

  private static final String BETWEEN = "  ";
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  private final List<List<Cell>> lines = new ArrayList<>();

  void add(List<Cell> line) {
    lines.add(line.stream().map(Table::onOneLine).toList());
  }

  /** What a stranger wrote must not draw on the terminal. */
  private static Cell onOneLine(Cell cell) {
    return new Cell(printable(cell.text()), cell.style(), cell.right());
  }

  static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  List<String> lines(boolean colours) {
    int columns = lines.isEmpty() ? 0 : lines.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(i -> lines.stream().mapToInt(it -> TextWidth.of(it.get(i).text())).max().orElse(0))
            .toArray();
    return lines.stream().map(line -> line(line, widths, colours)).toList();
  }

  private static String line(List<Cell> cells, int[] widths, boolean colours) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String painted = cell.style().paint(cell.text(), colours);
      String blanks = " ".repeat(widths[i] - TextWidth.of(cell.text()));
      boolean last = i == cells.size() - 1;
      line.append(cell.right() ? blanks : "")
          .append(painted)
          .append(cell.right() || last ? "" : blanks)
          .append(last ? "" : BETWEEN);
    }
    return line.toString();
  }
}
