package dev.inkan.server.letter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.GregorianCalendar;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * The letter as a PDF of one A4 page. The same letter makes the same octets. Holds the initial
 * password: whoever has the octets wipes them.
 */
public final class WelcomePdf {

  private final byte[] octets;
  private final Set<Integer> missing;

  private WelcomePdf(byte[] octets, Set<Integer> missing) {
    this.octets = octets;
    this.missing = missing;
  }

  /** Draws {@code letter}. */
  public static WelcomePdf of(WelcomeLetter letter) {
    try (PDDocument document = new PDDocument()) {
      WelcomeWords words = new WelcomeWords(letter);
      describe(document, letter, words);
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      LetterFont font = LetterFont.in(document);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        new WelcomePage(new Sheet(content, font), letter, words).draw();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return new WelcomePdf(out.toByteArray(), font.missing());
    } catch (IOException e) {
      throw new IllegalStateException("a PDF in memory cannot be written", e);
    }
  }

  private static void describe(PDDocument document, WelcomeLetter letter, WelcomeWords words) {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(words.title());
    information.setAuthor(letter.letterhead().bank());
    information.setCreator("Inkan");
    information.setCreationDate(
        GregorianCalendar.from(letter.writtenAt().atZone(letter.letterhead().zone())));
    document.getDocumentCatalog().setLanguage("ja-JP");
    PDViewerPreferences preferences =
        new PDViewerPreferences(document.getDocumentCatalog().getCOSObject());
    preferences.setDisplayDocTitle(true);
    document.getDocumentCatalog().setViewerPreferences(preferences);
    document.setDocumentId(letter.writtenAt().toEpochMilli()); // else it is made from the clock
  }

  /** A copy of the file. */
  public byte[] toByteArray() {
    return octets.clone();
  }

  /** Characters (Unicode code points) that the font lacks and that stand as 〓 on the letter. */
  public Set<Integer> missing() {
    return missing;
  }

  @Override
  public String toString() {
    return "WelcomePdf[redacted]";
  }
}
