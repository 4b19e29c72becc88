package dev.inkan.admin.command;

import dev.inkan.admin.json.RecordWriter;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet.Paper;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** {@code --output}. */
public final class OutputOption {

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      order = 80,
      defaultValue = "table",
      completionCandidates = EnumWords.Formats.class,
      description = "table, json or csv (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  /** Prints a list, page by page. */
  public <T> int list(Session session, Listing<T> listing, Iterable<List<T>> pages) {
    listing.print(pages, format, session.paper());
    return ExitStatus.DONE;
  }

  /** Prints one thing: for programs as a row, for people as {@code human} does. */
  public <T> int one(Session session, T thing, Listing<T> row, Consumer<Paper> human) {
    switch (format) {
      case TABLE -> human.accept(session.paper());
      case JSON -> json(session.terminal().out(), thing);
      case CSV -> row.print(List.of(List.of(thing)), Format.CSV, session.paper());
    }
    session.terminal().out().flush();
    return ExitStatus.DONE;
  }

  /** Prints a verdict: for programs in JSON all of it, in CSV its {@code rows}. */
  public <T> void verdict(
      Record verdict, Listing<T> listing, List<T> rows, Paper paper, Consumer<Paper> human) {
    switch (format) {
      case TABLE -> human.accept(paper);
      case JSON -> json(paper.out(), verdict);
      case CSV -> listing.print(List.of(rows), Format.CSV, paper);
    }
    paper.out().flush();
  }

  /** Whether people read the result. */
  public boolean isForPeople() {
    return format == Format.TABLE;
  }

  private static void json(PrintWriter out, Object thing) {
    try (RecordWriter writer = RecordWriter.indented(out)) {
      writer.write(thing);
    }
    out.println();
  }
}
