package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code org} as the bank's clerk types it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OrgCommandsTest {

  private Path folder;
  private Clerk clerk;

  @BeforeAll
  void initialise(@TempDir Path directory) throws IOException {
    folder = directory;
    clerk = new Clerk(directory);
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: org add prints the letter on stdout and says on stderr what to do with it")
  void orgAdd() throws Exception {
    String number = clerk.newNumber();

    Clerk.Run run = clerk.add(number, "印鑑商事");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("印鑑商事　御中\n")
        .contains("ご利用開始のお知らせ", "https://inkan.mihon-rokin.example", "まで\n");
    assertThat(run.err())
        .contains("hand it over or post it, then delete")
        .doesNotContain(run.password());
    assertThat(
            clerk.query(
                "SELECT login_id || ' ' || CAST(expires_at - created_at AS VARCHAR) FROM"
                    + " master_invitation WHERE organisation_number = '"
                    + number
                    + "'"))
        .first()
        .asString()
        .contains(run.loginId(), "10 ");
    assertThat(Files.readString(folder.resolve("data/inkan.mv.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain(run.password());
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: a number that is taken is refused with 4, and the first letter still counts")
  void orgAddTwice() throws Exception {
    String number = clerk.newNumber();
    Clerk.Run first = clerk.add(number, "印鑑商事");
    Path pdf = folder.resolve("second.pdf");

    Clerk.Run second = clerk.add(number, "別の団体", "--pdf", pdf.toString());

    assertThat(second.status()).isEqualTo(4);
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).contains(number + " is taken by 印鑑商事", "master initialise --org");
    assertThat(pdf).doesNotExist();
    assertThat(
            clerk.query(
                "SELECT login_id FROM master_invitation WHERE organisation_number = '"
                    + number
                    + "'"))
        .containsExactly(first.loginId());
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: --pdf writes the same letter for its owner alone, and over nothing")
  void pdf() throws Exception {
    Path pdf = folder.resolve("letter.pdf");

    Clerk.Run run = clerk.add(clerk.newNumber(), "𠮷野家", "--pdf", pdf.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pdf)))
        .isEqualTo("rw-------");
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(new PDFTextStripper().getText(document).replaceAll("\\s", ""))
          .contains("〓野家", run.loginId(), run.password());
    }
    assertThat(run.err()).contains("letter.pdf", "then delete the file", "〓", "U+20BB7");
    byte[] before = Files.readAllBytes(pdf);
    String other = clerk.newNumber();

    Clerk.Run again = clerk.add(other, "別の団体", "--pdf", pdf.toString());

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("letter.pdf is there already", "Nothing was changed");
    assertThat(Files.readAllBytes(pdf)).isEqualTo(before);
    assertThat(clerk.run("master", "initialise", "--org", other, "--dry-run").status())
        .isEqualTo(3);
    Clerk.Run nowhere =
        clerk.add(other, "別の団体", "--pdf", folder.resolve("no/such/a.pdf").toString());
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("cannot be written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\nb", "a\u001b[31mb", "太郎\u202e", "a\u200bb", "\ud800", "\ufffd商事"})
  @Tag("S14")
  @DisplayName("S14: a name that would deceive or break a line is wrong usage")
  void hostileNames(String name) throws Exception {
    Clerk.Run run = clerk.add(clerk.newNumber(), name);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("\u001b", "\u202e");
    assertThat(clerk.add("N 1", "商事").status()).isEqualTo(2);
    assertThat(clerk.add("１", "商事").status()).isEqualTo(2);
    assertThat(clerk.add("N-long", "あ".repeat(65)).status()).isEqualTo(2);
    assertThat(clerk.query("SELECT number FROM organisation WHERE name = '商事'")).isEmpty();
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: markup, formulas, quotes and 64 characters of two units each are just names")
  void oddNames() {
    for (String name : List.of("<script>&amp;", "=1+1", "'); DROP--", "𠮷".repeat(64))) {
      Clerk.Run run = clerk.add(clerk.newNumber(), name);

      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).startsWith(name + "　御中\n");
    }
    assertThat(clerk.run("org", "list").out()).contains("<script>&amp;", "'); DROP--");
  }

  @Test
  @DisplayName("org list tells how far each master user is")
  void orgList() throws Exception {
    String invited = clerk.newNumber();
    Clerk.Run letter = clerk.add(invited, "招かれた団体");
    String registered = clerk.importMaster();
    String blocked = clerk.importMaster();
    clerk.update("UPDATE app_user SET blocked = TRUE WHERE master_of = '" + blocked + "'");

    Clerk.Run run = clerk.run("org", "list");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().toList())
        .anyMatch(
            it -> it.matches(invited + " .*not registered .*" + letter.loginId() + ".*until .*"))
        .anyMatch(it -> it.matches(registered + " .*taro\\S+ +registered +- .*"))
        .anyMatch(it -> it.matches(blocked + " .*taro\\S+ +blocked .*"));
  }
}
