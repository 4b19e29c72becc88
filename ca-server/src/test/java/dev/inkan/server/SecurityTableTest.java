package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.documents.Documents;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("docs/security.md leaves no requirement out")
class SecurityTableTest {

  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| (.+) \\|");
  private static final Pattern SECTION = Pattern.compile("(V\\d+\\.\\d+) (\\d+)");
  private static final Pattern NUMBER = Pattern.compile("V\\d+\\.\\d+\\.\\d+");
  private static final Pattern PROOF =
      Pattern.compile("`[A-Z]\\w+Test`|`config/inkan\\.yaml`|\\]\\([^)]+\\.md[^)]*\\)");

  /** ASVS 5.0.0: of each section the requirements of levels 1 and 2, which are its first ones. */
  private static final String ASVS =
      """
      V1.1 2, V1.2 9, V1.3 11, V1.4 3, V1.5 2,
      V2.1 3, V2.2 3, V2.3 4, V2.4 1,
      V3.2 2, V3.3 4, V3.4 6, V3.5 5, V3.7 2,
      V4.1 3, V4.2 1, V4.3 2, V4.4 4,
      V5.1 1, V5.2 3, V5.3 2, V5.4 3,
      V6.1 3, V6.2 12, V6.3 4, V6.4 4, V6.5 5, V6.6 3, V6.8 4,
      V7.1 3, V7.2 4, V7.3 2, V7.4 5, V7.5 2, V7.6 2,
      V8.1 2, V8.2 3, V8.3 1, V8.4 1,
      V9.1 3, V9.2 4,
      V10.1 2, V10.2 2, V10.3 4, V10.4 11, V10.5 5, V10.6 2, V10.7 3,
      V11.1 2, V11.2 3, V11.3 3, V11.4 4, V11.5 1, V11.6 1,
      V12.1 3, V12.2 2, V12.3 4,
      V13.1 1, V13.2 5, V13.3 2, V13.4 5,
      V14.1 2, V14.2 4, V14.3 3,
      V15.1 3, V15.2 3, V15.3 7,
      V16.1 1, V16.2 5, V16.3 4, V16.4 3, V16.5 3,
      V17.1 1, V17.2 4, V17.3 2
      """;

  @Test
  @Tag("S17")
  @DisplayName("S17: every requirement of ASVS 5.0.0, levels 1 and 2, stands once, and no other")
  void asvsIsWhole() throws IOException {
    List<String> numbers =
        rows()
            .flatMap(row -> NUMBER.matcher(row.group(1)).results().map(it -> it.group()))
            .toList();

    assertThat(numbers).hasSize(253).containsExactlyElementsOf(asvs());
  }

  @Test
  @Tag("S17")
  @DisplayName("S17: each has a state, and what is met names a test or a page")
  void asvsIsAnswered() throws IOException {
    assertThat(rows().filter(row -> NUMBER.matcher(row.group(1)).find()))
        .allSatisfy(
            row -> {
              assertThat(row.group(3)).isIn("met", "partly", "not met", "bank", "n/a");
              assertThat(row.group(4)).isNotBlank();
              if (row.group(3).equals("met")) {
                assertThat(PROOF.matcher(row.group(4)).find()).as(row.group()).isTrue();
              }
            });
  }

  @Test
  @Tag("S17")
  @DisplayName("S17: the figures told of the table are its own")
  void asvsIsCounted() throws IOException {
    long notMet = rows().filter(it -> it.group(3).equals("not met")).count();
    long partly = rows().filter(it -> it.group(3).equals("partly")).count();

    assertThat(Documents.read("docs/security.md"))
        .contains(notMet + " are openly not met, " + partly + " in part");
  }

  @Test
  @Tag("S19")
  @DisplayName("S19: S1 to S19 and I-01 to I-27 each have a row with a test")
  void ownRequirements() throws IOException {
    List<String> lines = Documents.read("docs/security.md").lines().toList();
    Stream<String> own = IntStream.rangeClosed(1, 19).mapToObj(it -> "S" + it);
    Stream<String> incidents = IntStream.rangeClosed(1, 27).mapToObj("I-%02d"::formatted);

    assertThat(Stream.concat(own, incidents))
        .allSatisfy(
            number ->
                assertThat(lines.stream().filter(it -> it.startsWith("| " + number + " |")))
                    .singleElement()
                    .asString()
                    .containsPattern("`[A-Z]\\w+Test`"));
  }

  private static Stream<Matcher> rows() throws IOException {
    return Documents.read("docs/security.md").lines().map(ROW::matcher).filter(Matcher::matches);
  }

  private static List<String> asvs() {
    return SECTION
        .matcher(ASVS)
        .results()
        .flatMap(
            section ->
                IntStream.rangeClosed(1, Integer.parseInt(section.group(2)))
                    .mapToObj(it -> section.group(1) + "." + it))
        .toList();
  }
}
