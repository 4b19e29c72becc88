package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures that the Japanese documents name, from the sample pages with their fixed words
 * and dates, into {@code target/manual}: with {@code -Dinkan.manual=true} all of them, as {@code
 * bin/manual-screens} does, which copies them; else one of each sort.
 */
class ManualScreensTest {

  private static final Path MANUAL = Path.of("target", "manual");
  private static final Path DOCUMENTS = Path.of("..", "docs", "ja");
  private static final Path LETTER = Path.of("..", "ca-server", "target", "manual", "letter.pdf");
  private static final Pattern PICTURE = Pattern.compile("\\(images/([a-z0-9-]+)\\.png\\)");
  private static final int WIDTH = 1_024;

  /** Nobody opens a document of many megabytes on the telephone. */
  private static final int MOST_OCTETS = 60_000;

  /**
   * What of a page is shown.
   *
   * @param page the sample page's name
   * @param from the first element shown, in its width alone; empty for all from the page's head on
   * @param to the last element shown
   */
  private record Cut(String page, String from, String to) {}

  private static final String BODY = "main";

  /** The pictures that are not a page from its head to above the helpdesk. */
  private static final Map<String, Cut> CUTS =
      Map.of(
          "issue-keyboard", new Cut("issue", "", "main .actions"),
          "result", new Cut("result", "", "#download"),
          "import-1",
              new Cut("help-import", ".import-step:nth-child(1)", ".import-step:nth-child(4)"),
          "import-2",
              new Cut("help-import", ".import-step:nth-child(5)", ".import-step:nth-child(8)"));

  /** What the page's script shows, and what a visitor has typed. */
  private static final String PREPARE =
      """
      keyboard => {
        const show = id => { const e = document.getElementById(id); if (e) e.hidden = false; };
        show('keyboard-opener');
        if (keyboard) show('keyboard');
        const typed = {userId: 'yamada01', loginId: 'AB87654321', code: '012345', name: '山田 花子',
          email: 'yamada@example.jp', password: 'x'.repeat(10), passwordConfirm: 'x'.repeat(10),
          currentPassword: 'x'.repeat(10), initialPassword: 'x'.repeat(12)};
        for (const [id, value] of Object.entries(typed)) {
          const e = document.getElementById(id);
          if (e && e.tagName === 'INPUT' && !e.value) e.value = value;
        }
      }
      """;

  private static final String CLIP =
      """
      ([from, to, width]) => {
        const box = it => document.querySelector(it).getBoundingClientRect();
        const left = from ? box(from).left - 16 : 0;
        const top = from ? box(from).top - 8 : 0;
        return [left, top, from ? box(from).width + 32 : width, box(to).bottom - top + (from ? 0 : 24)];
      }
      """;

  @TempDir private static Path folder;

  @Test
  @Tag("F1")
  @DisplayName("the pictures that the Japanese documents name can be taken, and are small")
  void takesEveryPicture() throws IOException {
    Files.createDirectories(MANUAL);
    List<String> taken = new ArrayList<>();
    try (Browser browser = Browser.open(Visitor.in(folder.resolve("home")))) {
      SampleSite.serve(browser.page());
      browser.page().setViewportSize(WIDTH, 768);
      for (String name : pictures()) {
        if (name.equals("letter")) {
          letter().write(file(name));
        } else {
          Cut cut = CUTS.getOrDefault(name, new Cut(name, "", BODY));
          picture(browser.page(), name, cut).write(file(name));
          taken.add(name + " " + cut.page() + " " + wordsOf(SampleSite.html(cut.page() + ".html")));
        }
      }
    }
    Files.write(MANUAL.resolve("screens.txt"), taken);

    assertThat(taken).hasSizeGreaterThan(2);
    try (Stream<Path> files = Files.list(MANUAL)) {
      assertThat(files).allSatisfy(it -> assertThat(Files.size(it)).isLessThan(MOST_OCTETS));
    }
  }

  private static Path file(String picture) {
    return MANUAL.resolve(picture + ".png");
  }

  /** Those that are not a whole page, and one that is; all of them for bin/manual-screens. */
  private static Set<String> pictures() throws IOException {
    Set<String> named = named();
    if (!Boolean.getBoolean("inkan.manual")) {
      named.retainAll(List.of("letter", "menu", "import-1", "issue-keyboard"));
    }
    return named;
  }

  private static Set<String> named() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> documents = Files.list(DOCUMENTS)) {
      for (Path document : documents.filter(it -> it.toString().endsWith(".md")).toList()) {
        PICTURE
            .matcher(Files.readString(document))
            .results()
            .map(MatchResult::group)
            .map(it -> it.substring("(images/".length(), it.length() - ".png)".length()))
            .forEach(names::add);
      }
    }
    return names;
  }

  private static PalettePicture picture(Page page, String name, Cut cut) throws IOException {
    SampleSite.visit(page, cut.page() + ".html");
    page.evaluate(PREPARE, name.endsWith("-keyboard"));
    List<?> clip = (List<?>) page.evaluate(CLIP, List.of(cut.from(), cut.to(), WIDTH));
    byte[] png =
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setClip(side(clip, 0), side(clip, 1), side(clip, 2), side(clip, 3)));
    return PalettePicture.of(ImageIO.read(new ByteArrayInputStream(png)));
  }

  private static double side(List<?> clip, int index) {
    return Math.round(((Number) clip.get(index)).doubleValue());
  }

  private static PalettePicture letter() throws IOException {
    assertThat(LETTER).as("made by the tests of ca-server: mvn verify -pl ca-server -am").exists();
    try (PDDocument document = Loader.loadPDF(LETTER.toFile())) {
      BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 90, ImageType.RGB);
      return PalettePicture.of(image);
    }
  }

  /** By which {@code MemberGuideTest} of ca-server knows that a picture shows today's words. */
  private static String wordsOf(String html) {
    try {
      byte[] words = html.replaceAll("<[^>]+>", "").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
