package dev.inkan.admin.output;

import dev.inkan.admin.json.RecordWriter;
import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Place;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of one kind for people (a table) and programs (CSV of the columns, JSON of the whole
 * records).
 *
 * @param columns from left to right
 * @param none what people read where there are no rows
 */
public record Listing<T>(List<Column<T>> columns, String none) {

  private static final Cell NOTHING = Cell.of("-", Style.FAINT);

  public Listing {
    columns = List.copyOf(columns);
  }

  /**
   * Prints all rows.
   *
   * @throws OutputClosedException if nobody reads them
   */
  public void print(Iterable<List<T>> pages, Format format, Sheet.Paper paper) {
    switch (format) {
      case TABLE -> table(pages, paper);
      case JSON -> json(pages, paper.out());
      case CSV -> csv(pages, paper.out());
    }
  }

  private void table(Iterable<List<T>> pages, Sheet.Paper paper) {
    List<Column<T>> shown = columns.stream().filter(it -> it.place() != Place.CSV).toList();
    Table table = new Table();
    table.add(
        shown.stream()
            .map(it -> Cell.of(it.name().toUpperCase(Locale.ROOT).replace('-', ' '), Style.STRONG))
            .toList());
    boolean empty = true;
    for (List<T> page : pages) {
      for (T row : page) {
        empty = false;
        table.add(
            shown.stream()
                .map(it -> it.shown().apply(row, paper.times()).orElse(NOTHING))
                .toList());
      }
    }
    if (empty) {
      paper.out().println(none);
    } else {
      lines(table, shown, paper).forEach(paper.out()::println);
    }
    require(paper.out());
  }

  private static <T> List<String> lines(Table table, List<Column<T>> shown, Sheet.Paper paper) {
    if (paper.columns() == 0) {
      return table.lines(paper.colours());
    }
    List<Integer> dispensable =
        IntStream.range(0, shown.size())
            .filter(i -> shown.get(i).place() == Place.ROOMY)
            .boxed()
            .toList();
    return table.lines(paper.colours(), paper.columns(), dispensable);
  }

  private static <T> void json(Iterable<List<T>> pages, PrintWriter out) {
    try (RecordWriter writer = RecordWriter.indented(out)) {
      writer.beginList();
      for (List<T> page : pages) {
        page.forEach(writer::write);
        require(out);
      }
      writer.endList();
    }
    out.println();
    require(out);
  }

  private void csv(Iterable<List<T>> pages, PrintWriter out) {
    List<Column<T>> written = columns.stream().filter(it -> it.place() != Place.TABLE).toList();
    out.print(Csv.line(written.stream().<Optional<?>>map(it -> Optional.of(it.name())).toList()));
    for (List<T> page : pages) {
      for (T row : page) {
        out.print(Csv.line(written.stream().<Optional<?>>map(it -> it.data().apply(row)).toList()));
      }
      require(out);
    }
    require(out);
  }

  private static void require(PrintWriter out) {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }
}
