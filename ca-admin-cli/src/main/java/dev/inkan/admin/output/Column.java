package dev.inkan.admin.output;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a {@link Listing}.
 *
 * @param name in small letters
 * @param data what programs read: a text, a number, an enum or a time
 * @param shown what people read of it
 * @param place where it stands
 */
public record Column<T>(String name, Function<T, Optional<?>> data, Shown<T> shown, Place place) {

  /** Turns a row into a cell; empty for nothing. */
  @FunctionalInterface
  public interface Shown<T> extends BiFunction<T, Times, Optional<Cell>> {}

  /** Where a column stands: a terminal is narrow, a file is not. */
  public enum Place {
    EVERYWHERE,
    TABLE,
    CSV,
    /** In CSV, and in tables on a terminal that has room. */
    ROOMY
  }

  /** How a cell stands in its column. */
  public enum Fit {
    LEFT,
    /** At the right, as numbers do. */
    RIGHT,
    /** At the left, and shortened where a terminal is too narrow for the table. */
    SHORTENED
  }

  /** What stands in a table. */
  public record Cell(String text, Style style, Fit fit) {

    /** A plain text. */
    public static Cell of(String text) {
      return of(text, Style.PLAIN);
    }

    /** A text in a style. */
    public static Cell of(String text, Style style) {
      return new Cell(text, style, Fit.LEFT);
    }

    /** Words that somebody chose, of any length. */
    public static Cell words(String text) {
      return new Cell(text, Style.PLAIN, Fit.SHORTENED);
    }

    boolean isRight() {
      return fit == Fit.RIGHT;
    }
  }

  /** A text. */
  public static <T> Column<T> text(String name, Function<T, String> text) {
    return maybe(name, row -> Optional.of(text.apply(row)));
  }

  /** A text that may be missing. */
  public static <T> Column<T> maybe(String name, Function<T, Optional<String>> text) {
    return new Column<>(
        name, text::apply, (row, times) -> text.apply(row).map(Cell::words), Place.EVERYWHERE);
  }

  /** A number, at the right. */
  public static <T> Column<T> number(String name, Function<T, Number> number) {
    return new Column<>(
        name,
        row -> Optional.of(number.apply(row)),
        (row, times) -> Optional.of(new Cell(number.apply(row).toString(), Style.PLAIN, Fit.RIGHT)),
        Place.EVERYWHERE);
  }

  /** A serial number: short for people, whole for programs. */
  public static <T> Column<T> serial(String name, Function<T, Optional<String>> serial) {
    return new Column<>(
        name,
        serial::apply,
        (row, times) -> serial.apply(row).map(Serials::brief).map(Cell::of),
        Place.EVERYWHERE);
  }

  /** An enum: a word for people, its name for programs. */
  public static <T> Column<T> word(String name, Function<T, Optional<? extends Enum<?>>> word) {
    return new Column<>(
        name,
        word::apply,
        (row, times) -> word.apply(row).map(it -> Cell.of(Words.of(it), Words.style(it))),
        Place.EVERYWHERE);
  }

  /** A time, by the minute. */
  public static <T> Column<T> time(String name, Function<T, Optional<Instant>> time) {
    return new Column<>(
        name,
        time::apply,
        (row, times) -> time.apply(row).map(times::minute).map(Cell::of),
        Place.EVERYWHERE);
  }

  /** A time, of which people want to know the day. */
  public static <T> Column<T> day(String name, Function<T, Optional<Instant>> time) {
    return new Column<>(
        name,
        time::apply,
        (row, times) -> time.apply(row).map(times::day).map(Cell::of),
        Place.EVERYWHERE);
  }

  /** A day to come, and how far it is. */
  public static <T> Column<T> end(String name, Function<T, Optional<Instant>> time) {
    return new Column<>(
        name,
        time::apply,
        (row, times) -> time.apply(row).map(times::dayAndDistance).map(Cell::of),
        Place.EVERYWHERE);
  }

  /** This column, in CSV alone. */
  public Column<T> inCsvAlone() {
    return new Column<>(name, data, shown, Place.CSV);
  }

  /** This column, left out of a table for which the terminal is too narrow. */
  public Column<T> whereThereIsRoom() {
    return new Column<>(name, data, shown, Place.ROOMY);
  }
}
