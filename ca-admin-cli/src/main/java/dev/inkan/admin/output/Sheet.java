package dev.inkan.admin.output;

import dev.inkan.admin.output.Column.Cell;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing for people: lines of a name and what stands there. */
public final class Sheet {

  private final Times times;
  private final Table table = new Table();

  public Sheet(Times times) {
    this.times = times;
  }

  /**
   * What is written on.
   *
   * @param times only asked where people read
   * @param columns of the terminal; 0 where it may be any number
   */
  public record Paper(PrintWriter out, Times times, boolean colours, int columns) {}

  /** A line with a text. */
  public Sheet line(String name, String text) {
    return cell(name, Cell.of(text));
  }

  /** A line with a text, if there is one. */
  public Sheet line(String name, Optional<String> text) {
    text.ifPresent(present -> line(name, present));
    return this;
  }

  /** A line with a number. */
  public Sheet line(String name, long number) {
    return line(name, Long.toString(number));
  }

  /** A line with an enum's word. */
  public Sheet word(String name, Enum<?> word) {
    return cell(name, Cell.of(Words.of(word), Words.style(word)));
  }

  /** A line with enums' words. */
  public Sheet words(String name, List<? extends Enum<?>> words) {
    return line(name, String.join(", ", words.stream().map(Words::of).toList()));
  }

  /** A line with a time. */
  public Sheet time(String name, Instant at) {
    return line(name, times.minute(at));
  }

  /** A line with a time, if there is one. */
  public Sheet time(String name, Optional<Instant> at) {
    at.ifPresent(present -> time(name, present));
    return this;
  }

  /** A line with a time to come and the days until then. */
  public Sheet end(String name, Instant at) {
    return line(name, times.dayAndDistance(at));
  }

  private Sheet cell(String name, Cell cell) {
    table.add(List.of(Cell.of(name, Style.FAINT), cell));
    return this;
  }

  /** Prints the lines. */
  public void print(Paper paper) {
    table.lines(paper.colours()).forEach(paper.out()::println);
    paper.out().flush();
  }
}
