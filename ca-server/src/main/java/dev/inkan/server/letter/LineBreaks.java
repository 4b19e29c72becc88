package dev.inkan.server.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Breaks Japanese text into lines: words in ASCII stay whole, no line begins with a full stop. */
final class LineBreaks {

  /**
   * What stays together: a word in ASCII or one character, with what must not be parted from it.
   */
  private static final Pattern UNIT =
      Pattern.compile(
          "　?御中|[（［「]*(?:[\\x21-\\x7e]+|(?s:.))" + "[、。，．・ー）］」〜！？ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]*");

  private final ToDoubleFunction<String> width;

  /**
   * @param width of a text, in the unit of the lines' width
   */
  LineBreaks(ToDoubleFunction<String> width) {
    this.width = width;
  }

  /** The lines, none wider than {@code maximum} unless one character is. */
  List<String> of(String text, double maximum) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String unit : UNIT.matcher(text).results().map(it -> it.group()).toList()) {
      if (width.applyAsDouble(line + unit) <= maximum) {
        line.append(unit);
      } else if (width.applyAsDouble(unit) <= maximum) {
        end(line, lines);
        line.append(unit.strip());
      } else {
        cut(unit, maximum, line, lines);
      }
    }
    end(line, lines);
    return lines;
  }

  /** One that fits on no line is cut where the line ends. */
  private void cut(String unit, double maximum, StringBuilder line, List<String> lines) {
    unit.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            character -> {
              if (width.applyAsDouble(line + character) > maximum) {
                end(line, lines);
              }
              line.append(character);
            });
  }

  private static void end(StringBuilder line, List<String> lines) {
    if (!line.isEmpty()) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }
}
