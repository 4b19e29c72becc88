package dev.inkan.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.output.Listing.Column;
import dev.inkan.server.output.Listing.Format;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Listings for people and programs")
class ListingTest {

  private record Row(long number, String name, Optional<String> reason) {}

  private static final Listing<Row> LISTING =
      new Listing<>(
          List.of(
              Column.of("number", row -> Optional.of(row.number())),
              Column.of("name", row -> Optional.of(row.name())),
              new Column<>("reason", Row::reason, Row::reason)));

  private static final List<Row> ROWS =
      List.of(
          new Row(7, "千葉県教職員組合", Optional.of("450 \"later\", twice")),
          new Row(1042, "ABC ﾕﾆｵﾝ", Optional.empty()),
          new Row(3, "が\u3099", Optional.of("=1+1\n\u001b[2J")));

  @Test
  @DisplayName("Columns stand under one another, whatever the width of their letters")
  void table() {
    assertThat(printed(Format.TABLE, ROWS))
        .isEqualTo(
            """
            NUMBER  NAME              REASON
            7       千葉県教職員組合  450 "later", twice
            1042    ABC ﾕﾆｵﾝ          -
            3       が\u3099                =1+1  [2J
            """);
    assertThat(printed(Format.TABLE, List.of())).isEqualTo("NUMBER  NAME  REASON\n");
  }

  @Test
  void json() {
    assertThat(printed(Format.JSON, ROWS.subList(0, 2)).replaceAll("\\s+", " "))
        .isEqualTo(
            "[ { \"number\" : 7, \"name\" : \"千葉県教職員組合\","
                + " \"reason\" : \"450 \\\"later\\\", twice\" },"
                + " { \"number\" : 1042, \"name\" : \"ABC ﾕﾆｵﾝ\" } ] ");
    assertThat(printed(Format.JSON, List.of())).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  @DisplayName("A spreadsheet finds no formula in what a stranger said")
  void csv() {
    assertThat(printed(Format.CSV, ROWS))
        .isEqualTo(
            String.join(
                "\r\n",
                "number,name,reason",
                "7,千葉県教職員組合,\"450 \"\"later\"\", twice\"",
                "1042,ABC ﾕﾆｵﾝ,",
                "3,が\u3099,\"'=1+1\n\u001b[2J\"",
                ""));
  }

  private static String printed(Format format, List<Row> rows) {
    StringWriter text = new StringWriter();
    LISTING.print(rows, format, new PrintWriter(text));
    return text.toString();
  }
}
