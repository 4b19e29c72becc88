package dev.inkan.admin.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Fit;
import dev.inkan.core.testing.MutableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {

  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  private final Times times =
      new Times(() -> ZoneId.of("Asia/Tokyo"), Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "abc,3",
    "千葉,4",
    "ｱｲｳ,3",
    "Ａ１,4",
    "が,2",
    "か\u3099,2",
    "é,1",
    "e\u0301,1",
    "㈱,2",
    "𠮷,2",
    "🔑,2",
    "–,1"
  })
  void fullWidthCharactersTakeTwoColumns(String text, int columns) {
    assertThat(TextWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void numbersStandAtTheRightAndNothingTrails() {
    Table table = new Table();
    table.add(List.of(Cell.of("N"), Cell.of("NAME")));
    table.add(List.of(new Cell("1000", Style.PLAIN, Fit.RIGHT), Cell.of("千葉")));
    table.add(List.of(new Cell("7", Style.GOOD, Fit.RIGHT), Cell.of("x")));

    assertThat(table.lines(false)).containsExactly("N     NAME", "1000  千葉", "   7  x");
    assertThat(table.lines(true)).contains("   \033[32m7\033[0m  x");
  }

  @Test
  void aNarrowTerminalGetsShorterWordsAndThenFewerColumns() {
    Table table = new Table();
    table.add(List.of(Cell.of("SERIAL"), Cell.of("ORGANISATION"), Cell.of("MADE"), Cell.of("BY")));
    table.add(
        List.of(Cell.of("7f3a…c21e"), Cell.words("千葉県教職員組合"), Cell.of("12:00"), Cell.of("ono")));

    assertThat(table.lines(false, 80, List.of(2, 3))).isEqualTo(table.lines(false));
    assertThat(table.lines(false, 36, List.of(2, 3)))
        .containsExactly("SERIAL     ORGANISATION   MADE   BY", "7f3a…c21e  千葉県教職..   12:00  ono");
    assertThat(table.lines(false, 30, List.of(2, 3)))
        .containsExactly("SERIAL     ORGANISATION  MADE", "7f3a…c21e  千葉県教職..  12:00");
    assertThat(table.lines(false, 10, List.of(2, 3)))
        .as("what cannot be shortened further stands as it is")
        .containsExactly("SERIAL     ORGANISATION", "7f3a…c21e  千葉県教職..");
  }

  @Test
  void whatAStrangerWroteStaysOnItsLine() {
    assertThat(Table.printable("a\nb\033[2Jc\u202e")).isEqualTo("a b [2Jc ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "plain | plain",
        "a,b | \"a,b\"",
        "say \"x\" | \"say \"\"x\"\"\"",
        "=1+1 | '=1+1",
        "+81 | '+81",
        "@x | '@x",
        "-2 | '-2",
        "＝1 | '＝1"
      })
  void noCellIsAFormula(String text, String written) {
    assertThat(Csv.line(List.of(Optional.of(text)))).isEqualTo(written + "\r\n");
  }

  @Test
  void numbersAndTimesStayWhatTheyAre() {
    assertThat(Csv.line(List.of(Optional.of(-2), Optional.empty(), Optional.of(NOW))))
        .isEqualTo("-2,,2026-11-22T03:00:00Z\r\n");
  }

  @Test
  void timesAreTheBanks() {
    assertThat(times.minute(NOW)).isEqualTo("2026-11-22 12:00");
    assertThat(times.dayAndDistance(NOW.plusSeconds(90_000))).isEqualTo("2026-11-23 (1 d)");
    assertThat(times.dayAndDistance(NOW.minusSeconds(60))).isEqualTo("2026-11-22");
  }

  @Test
  void aBarIsDrawnOverItselfAndSaysHowLongItTakes() {
    StringWriter text = new StringWriter();
    MutableClock clock = new MutableClock(NOW);
    ProgressBar bar = new ProgressBar("revoking", new PrintWriter(text), true, clock);

    bar.show(0, 300);
    clock.advance(Duration.ofSeconds(10));
    bar.show(100, 300);
    bar.show(300, 300);
    bar.end();

    assertThat(text.toString())
        .contains("\rrevoking [>                             ] 0 of 300\033[K")
        .contains("\rrevoking [==========>                   ] 100 of 300, 20 s left\033[K")
        .endsWith("] 300 of 300\033[K\n");
  }
}
