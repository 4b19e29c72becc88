package dev.inkan.admin.output;

import java.util.List;

/**
 * How many columns of a terminal a text takes: full-width characters take two (Unicode Standard
 * Annex 11), marks that stand on the one before them none.
 */
final class TextWidth {

  private record Range(int first, int last) {
    boolean holds(int character) {
      return first <= character && character <= last;
    }
  }

  private static final List<Range> WIDE =
      List.of(
          new Range(0x1100, 0x115F), // Hangul
          new Range(0x2E80, 0x303E), // radicals, punctuation
          new Range(0x3041, 0xA4CF), // kana, CJK
          new Range(0xAC00, 0xD7A3), // Hangul
          new Range(0xF900, 0xFAFF), // compatibility ideographs
          new Range(0xFE30, 0xFE6F), // vertical and small forms
          new Range(0xFF00, 0xFF60), // full-width forms
          new Range(0xFFE0, 0xFFE6), // full-width signs
          new Range(0x1F300, 0x1FAFF), // pictures
          new Range(0x20000, 0x3FFFD)); // further ideographs

  // Not …, which a Japanese font may draw in two columns.
  private static final String DOTS = "..";

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** {@code text}, or its beginning and two dots in at most {@code width} columns. */
  static String shortened(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder beginning = new StringBuilder();
    int left = width - of(DOTS);
    for (int character : text.codePoints().toArray()) {
      left -= of(character);
      if (left < 0) {
        break;
      }
      beginning.appendCodePoint(character);
    }
    return beginning + DOTS;
  }

  /** {@code text} with blanks up to {@code width} columns. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> WIDE.stream().anyMatch(range -> range.holds(character)) ? 2 : 1;
    };
  }
}
