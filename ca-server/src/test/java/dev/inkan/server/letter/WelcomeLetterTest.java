package dev.inkan.server.letter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.secret.InitialPasswords;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.Organisation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ご利用開始のお知らせ, as somebody at a terminal and somebody with an envelope reads it. */
final class WelcomeLetterTest {

  private static final String PASSWORD = "kM7%Wx?4b@#9";
  private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
  private static final Organisation ORGANISATION = new Organisation("0001", "印鑑商事労働組合");
  private static final Letterhead BANK =
      new Letterhead(
          "みほん労働金庫",
          "賃金控除事務支援システム",
          ZoneId.of("Asia/Tokyo"),
          new Letterhead.Helpdesk("みほん労働金庫 ヘルプデスク", "00-0000-0000", "9:00〜17:00", "土・日・祝日"));

  private static WelcomeLetter letter(
      Letterhead bank, Organisation organisation, WelcomeLetter.Occasion occasion) {
    return new WelcomeLetter(
        bank,
        URI.create("https://inkan.mihon-rokin.example:8443"),
        organisation,
        occasion,
        new LoginId("MW48273906"),
        LoginPassword.parse(PASSWORD.toCharArray()).orElseThrow(),
        NOW,
        NOW.plus(Duration.ofDays(30)));
  }

  private static WelcomeLetter letter() {
    return letter(BANK, ORGANISATION, WelcomeLetter.Occasion.START);
  }

  private static PDDocument open(WelcomePdf pdf) throws IOException {
    return Loader.loadPDF(pdf.toByteArray());
  }

  /** The page's text without white space, which a reader of a PDF guesses. */
  private static String text(WelcomePdf pdf) throws IOException {
    try (PDDocument document = open(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("[\\s　]", "");
    }
  }

  @ParameterizedTest
  @EnumSource(WelcomeLetter.Occasion.class)
  @Tag("C1")
  @Tag("C3")
  @DisplayName(
      "C1, C3: text and PDF tell organisation, login ID, password, end, steps and helpdesk")
  void bothFormsTellEverything(WelcomeLetter.Occasion occasion) throws IOException {
    WelcomeLetter letter = letter(BANK, ORGANISATION, occasion);

    for (String form :
        List.of(WelcomeText.of(letter).replaceAll("[\\s　]", ""), text(WelcomePdf.of(letter)))) {
      assertThat(form)
          .contains(
              occasion.title(),
              "印鑑商事労働組合御中",
              "マスターユーザー様",
              "2026年11月22日",
              "団体番号0001",
              "みほん労働金庫",
              "賃金控除事務支援システム",
              "https://inkan.mihon-rokin.example:8443",
              "MW48273906",
              PASSWORD,
              "2026年12月22日（火曜日）10時02分まで",
              "［マスターユーザーの初期登録］を押します",
              "裁断して廃棄してください",
              "00-0000-0000",
              "9:00〜17:00",
              "土・日・祝日");
    }
    assertThat(WelcomeText.of(letter)).doesNotContain("null", "{");
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: each character is spelt, and the terminal's lines are 78 columns at most")
  void spelling() {
    String text = WelcomeText.of(letter());

    assertThat(text)
        .contains(
            "ログインID        MW48273906\n",
            "大文字エム・大文字ダブリュ\n",
            "数字の3・数字の9・数字の0・数字の6\n",
            "初期パスワード    " + PASSWORD + "\n",
            "小文字ケイ・大文字エム・数字の7・記号パーセント\n",
            "大文字ダブリュ・小文字エックス・記号疑問符・数字の4\n",
            "小文字ビー・記号アット・記号シャープ・数字の9\n");
    assertThat(text.lines())
        .allSatisfy(
            line ->
                assertThat(line.getBytes(java.nio.charset.Charset.forName("windows-31j")).length)
                    .isLessThanOrEqualTo(78));
    assertThat(text.lines().filter(line -> line.matches("[、。）］].*"))).isEmpty();
  }

  @Test
  @DisplayName("Every character that an initial password can hold has a reading of its own")
  void everyCharacterIsReadable() {
    InitialPasswords passwords = new InitialPasswords(new SecureRandom());

    for (int i = 0; i < 300; i++) {
      try (LoginPassword password = passwords.draw()) {
        assertThat(
                Spelling.groups(password.toCharArray()).stream()
                    .flatMap(List::stream)
                    .map(Spelling::spoken))
            .hasSize(12)
            .doesNotContain("記号記号");
      }
    }
  }

  @Test
  @DisplayName(
      "The PDF is one A4 page in Japanese with a title, and embeds what it uses of its font")
  void onePage() throws IOException {
    WelcomePdf pdf = WelcomePdf.of(letter());

    try (PDDocument document = open(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      PDPage page = document.getPage(0);
      assertThat(page.getMediaBox().getWidth()).isBetween(595f, 596f);
      assertThat(page.getMediaBox().getHeight()).isBetween(841f, 842f);
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("ご利用開始のお知らせ");
      assertThat(document.getDocumentInformation().getCreationDate().toInstant()).isEqualTo(NOW);
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ja-JP");
      for (COSName name : page.getResources().getFontNames()) {
        PDFont font = page.getResources().getFont(name);
        assertThat(font.isEmbedded()).isTrue();
        assertThat(font.getName()).matches("[A-Z]{6}\\+BIZUDGothic-Regular");
      }
    }
    assertThat(pdf.missing()).isEmpty();
    assertThat(pdf.toByteArray().length).as("a subset, not the whole font").isLessThan(120_000);
  }

  @Test
  @DisplayName("A sample is left in target/manual, of which the guide for members shows a picture")
  void sample() throws IOException {
    Path file = Files.createDirectories(Path.of("target", "manual")).resolve("letter.pdf");

    Files.write(file, WelcomePdf.of(letter()).toByteArray());

    assertThat(file).isNotEmptyFile();
  }

  @Test
  @DisplayName("The same letter makes the same octets")
  void deterministic() {
    assertThat(WelcomePdf.of(letter()).toByteArray())
        .isEqualTo(WelcomePdf.of(letter()).toByteArray());
  }

  @Test
  @DisplayName("A letter prints neither its password nor its file")
  void toStringTellsNothing() {
    WelcomeLetter letter = letter();
    WelcomePdf pdf = WelcomePdf.of(letter);

    assertThat(letter.toString() + pdf + Spelling.groups(PASSWORD.toCharArray()))
        .doesNotContain(PASSWORD, "大文字");
    assertThat(new String(pdf.toByteArray(), StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: what the font lacks stands as 〓 and is told; what can be composed is composed")
  void missingCharacters() throws IOException {
    Organisation rare = new Organisation("0001", "𠮷野家א か\u3099っこう");

    WelcomePdf pdf = WelcomePdf.of(letter(BANK, rare, WelcomeLetter.Occasion.START));

    assertThat(pdf.missing()).containsExactlyInAnyOrder(0x20bb7, 0x5d0);
    assertThat(text(pdf)).contains("〓野家〓がっこう御中");
    assertThat(WelcomeText.of(letter(BANK, rare, WelcomeLetter.Occasion.START))).contains("𠮷野家א");
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: markup and formulas in a name are characters like others")
  void markup() throws IOException {
    Organisation hostile = new Organisation("0001", "<script>alert(1)</script>=cmd|'/C'!A0 %s {0}");

    assertThat(text(WelcomePdf.of(letter(BANK, hostile, WelcomeLetter.Occasion.START))))
        .contains("<script>alert(1)</script>=cmd|'/C'!A0%s{0}御中");
    assertThat(WelcomeText.of(letter(BANK, hostile, WelcomeLetter.Occasion.START)))
        .startsWith("<script>alert(1)</script>=cmd|'/C'!A0 %s {0}　御中\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"印", "W", "ー", "（"})
  @DisplayName("The longest names and words that may be configured stay on the one page, whole")
  void longWords(String of) throws IOException {
    String line = of.repeat(80);
    Letterhead wordy =
        new Letterhead(
            line,
            line,
            ZoneId.of("Asia/Tokyo"),
            new Letterhead.Helpdesk(line, "0".repeat(30), line, line));
    Organisation longest = new Organisation("A".repeat(20), of.repeat(64));
    WelcomePdf pdf = WelcomePdf.of(letter(wordy, longest, WelcomeLetter.Occasion.CHANGE));

    assertThat(text(pdf)).contains(longest.name() + "御中", PASSWORD, "0".repeat(30));
    try (PDDocument document = open(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(positions(document))
          .isNotEmpty()
          .allSatisfy(
              place -> {
                assertThat(place.getXDirAdj()).isGreaterThan(14);
                assertThat(place.getXDirAdj() + place.getWidthDirAdj()).isLessThan(595 - 40);
                assertThat(place.getYDirAdj()).isBetween(40f, 842f - 12);
              });
    }
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: folded in three, the password lies in the inner third")
  void folded() throws IOException {
    try (PDDocument document = open(WelcomePdf.of(letter()))) {
      List<TextPosition> large =
          positions(document).stream().filter(it -> it.getFontSizeInPt() > 20).toList();

      assertThat(large.stream().map(TextPosition::getUnicode).collect(Collectors.joining()))
          .isEqualTo("MW48273906" + PASSWORD);
      assertThat(large)
          .allSatisfy(it -> assertThat(it.getYDirAdj()).isBetween(842f / 3, 842f * 2 / 3));
    }
  }

  private static List<TextPosition> positions(PDDocument document) throws IOException {
    List<TextPosition> positions = new ArrayList<>();
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition place) {
            positions.add(place);
          }
        };
    stripper.getText(document);
    return positions;
  }
}
