package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.documents.Documents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/cp-cps.md to the outline of RFC 3647.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3647#section-6">RFC 3647, section 6</a>
 */
@DisplayName("The CP/CPS has every section of RFC 3647, and none is left empty")
class CpCpsTest {

  private static final String PAGE = "docs/cp-cps.md";
  private static final Pattern HEADING =
      Pattern.compile("(#{2,4}) ((\\d+)(?:\\.\\d+)*)\\.? (\\S.*)");

  /**
   * Of each chapter the sections, and of each of these how many subsections it has: the outline of
   * RFC 3647, section 6.
   */
  private static final List<List<Integer>> OUTLINE =
      List.of(
          List.of(0, 0, 5, 2, 4, 0),
          List.of(0, 0, 0, 0),
          List.of(6, 6, 2, 0),
          List.of(2, 3, 2, 3, 2, 7, 7, 7, 16, 3, 0, 2),
          List.of(8, 4, 8, 8, 7, 0, 4, 0),
          List.of(7, 11, 2, 3, 2, 3, 0, 0),
          List.of(9, 2, 2),
          List.of(0, 0, 0, 0, 0, 0),
          List.of(5, 3, 3, 7, 0, 5, 0, 0, 0, 3, 0, 3, 0, 0, 0, 5, 0));

  @Test
  @DisplayName("the sections are those of the outline, in its order, each at its depth")
  void outline() throws IOException {
    List<String> headings =
        Documents.read(PAGE)
            .lines()
            .map(HEADING::matcher)
            .filter(Matcher::matches)
            .map(it -> it.group(1) + " " + it.group(2))
            .toList();

    assertThat(headings).containsExactlyElementsOf(expected());
  }

  @Test
  @DisplayName("each section without subsections says something")
  void nothingIsEmpty() throws IOException {
    List<String> empty = new ArrayList<>();
    String previous = "";
    for (String line : Documents.read(PAGE).lines().filter(it -> !it.isBlank()).toList()) {
      if (line.startsWith("#") && previous.startsWith("#") && depth(line) <= depth(previous)) {
        empty.add(previous);
      }
      previous = line;
    }

    assertThat(empty).isEmpty();
    assertThat(previous).doesNotStartWith("#");
  }

  private static int depth(String heading) {
    return heading.indexOf(' ');
  }

  private static List<String> expected() {
    return IntStream.rangeClosed(1, OUTLINE.size()).boxed().flatMap(CpCpsTest::chapter).toList();
  }

  private static Stream<String> chapter(int number) {
    List<Integer> sections = OUTLINE.get(number - 1);
    return Stream.concat(
        Stream.of("## " + number),
        IntStream.rangeClosed(1, sections.size())
            .boxed()
            .flatMap(it -> section(number + "." + it, sections.get(it - 1))));
  }

  private static Stream<String> section(String number, int subsections) {
    return Stream.concat(
        Stream.of("### " + number),
        IntStream.rangeClosed(1, subsections).mapToObj(it -> "#### " + number + "." + it));
  }
}
