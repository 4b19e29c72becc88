package dev.inkan.server.letter;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Set;
import java.util.TreeSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The letter's face, BIZ UDゴシック, of which the characters that are used are embedded. It is made to
 * be told apart by weak eyes, and half-width characters are all of one width. Belongs to one
 * document and one thread.
 */
final class LetterFont {

  private static final String FILE = "/fonts/BIZUDGothic-Regular.ttf";

  /** 〓, which printers set where they have no type. */
  private static final int GETA = 0x3013;

  private static final float UNITS = 1000;

  private final PDType0Font font;
  private final CmapLookup glyphs;
  private final Set<Integer> missing = new TreeSet<>();

  private LetterFont(PDType0Font font, CmapLookup glyphs) {
    this.font = font;
    this.glyphs = glyphs;
  }

  /** The font, to be embedded in {@code document} when that is saved. */
  static LetterFont in(PDDocument document) throws IOException {
    try (InputStream file = LetterFont.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("no resource " + FILE);
      }
      TrueTypeFont type =
          new TTFParser().parse(RandomAccessReadBuffer.createBufferFromStream(file));
      return new LetterFont(PDType0Font.load(document, type, true), type.getUnicodeCmapLookup());
    }
  }

  PDType0Font embedded() {
    return font;
  }

  /** The text as this font can show it; what it lacks becomes 〓 and is remembered. */
  String printable(String text) {
    StringBuilder printable = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .map(this::known)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private int known(int character) {
    if (glyphs.getGlyphId(character) != 0) {
      return character;
    }
    missing.add(character);
    return GETA;
  }

  /** The width of printable text, in the unit of {@code size}. */
  double width(String text, double size) {
    try {
      return font.getStringWidth(text) / UNITS * size;
    } catch (IOException e) {
      throw new IllegalStateException("a font in memory cannot be read", e);
    }
  }

  /** The characters that were asked for and that the font lacks. */
  Set<Integer> missing() {
    return Set.copyOf(missing);
  }
}
