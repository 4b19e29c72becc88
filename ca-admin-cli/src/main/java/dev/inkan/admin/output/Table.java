package dev.inkan.admin.output;

import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Fit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Cells in columns, whichever of them are full-width. */
final class Table {

  private static final String BETWEEN = "  ";
  private static final int GONE = -1;

  /** User IDs have up to twelve characters, and are not to be shortened. */
  private static final int SHORTEST = 12;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  private final List<List<Cell>> lines = new ArrayList<>();

  void add(List<Cell> line) {
    lines.add(line.stream().map(Table::onOneLine).toList());
  }

  /** What a stranger wrote must not draw on the terminal. */
  private static Cell onOneLine(Cell cell) {
    return new Cell(printable(cell.text()), cell.style(), cell.fit());
  }

  static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  /** The lines in the least width that takes everything. */
  List<String> lines(boolean colours) {
    return lines(colours, widths());
  }

  /**
   * The lines in {@code columns} columns of a terminal, if that can be: without {@code dispensable}
   * columns from the last on, and with words shortened.
   */
  List<String> lines(boolean colours, int columns, List<Integer> dispensable) {
    Deque<Integer> left = new ArrayDeque<>(dispensable);
    int[] widths = widths();
    while (sum(leasts(widths)) > columns && !left.isEmpty()) {
      widths[left.removeLast()] = GONE;
    }
    int[] leasts = leasts(widths);
    while (sum(widths) > columns) {
      int widest = widest(widths, leasts);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return lines(colours, widths);
  }

  private int[] widths() {
    int columns = lines.isEmpty() ? 0 : lines.get(0).size();
    return IntStream.range(0, columns)
        .map(i -> lines.stream().mapToInt(it -> TextWidth.of(it.get(i).text())).max().orElse(0))
        .toArray();
  }

  private int[] leasts(int[] widths) {
    return IntStream.range(0, widths.length)
        .map(i -> isShortened(i) ? Math.min(widths[i], SHORTEST) : widths[i])
        .toArray();
  }

  private boolean isShortened(int column) {
    return lines.stream().anyMatch(it -> it.get(column).fit() == Fit.SHORTENED);
  }

  /** Of the columns that may lose one more, the widest; -1 if none may. */
  private static int widest(int[] widths, int[] leasts) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > leasts[i] && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static int sum(int[] widths) {
    int[] there = IntStream.of(widths).filter(it -> it != GONE).toArray();
    return IntStream.of(there).sum() + BETWEEN.length() * Math.max(0, there.length - 1);
  }

  private List<String> lines(boolean colours, int[] widths) {
    return lines.stream().map(line -> line(line, widths, colours)).toList();
  }

  private static String line(List<Cell> cells, int[] widths, boolean colours) {
    StringBuilder line = new StringBuilder();
    int last = widths.length - 1;
    while (last >= 0 && widths[last] == GONE) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      if (widths[i] == GONE) {
        continue;
      }
      Cell cell = cells.get(i);
      String text = TextWidth.shortened(cell.text(), widths[i]);
      String painted = cell.style().paint(text, colours);
      String blanks = " ".repeat(widths[i] - TextWidth.of(text));
      line.append(cell.isRight() ? blanks : "")
          .append(painted)
          .append(cell.isRight() || i == last ? "" : blanks)
          .append(i == last ? "" : BETWEEN);
    }
    return line.toString();
  }
}
