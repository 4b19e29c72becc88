package dev.inkan.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What mails say (B9, B12, D6, F1)")
class MailTextsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/mail");
  private static final MailNumber NUMBER = new MailNumber(1042);

  @ParameterizedTest
  @Tag("F1")
  @ValueSource(strings = {"code", "issued", "locked", "blocked-master", "blocked-general"})
  void japaneseReadsAsAgreed(String name) throws IOException {
    assertGolden(name, "ja", MailLanguage.JAPANESE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "issued", "locked", "blocked-master", "blocked-general"})
  void englishReadsAsAgreed(String name) throws IOException {
    assertGolden(name, "en", MailLanguage.ENGLISH);
  }

  @Test
  @Tag("B12")
  void codeMailShowsTheCodeItsEndAndTheWarnings() {
    String body = Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW).body();

    assertThat(body)
        .contains("認証コード:048213")
        .contains("有効期限:2026年11月22日 15時30分05秒まで")
        .contains("電話などで他人に絶対に教えないでください")
        .contains("職員が認証コードをお聞きすることはありません")
        .contains("メール番号:1042")
        .contains("このメールにはリンクを記載していません");
  }

  @Test
  void subjectNeverHoldsTheCode() {
    assertThat(Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW).subject())
        .isEqualTo("【みほん労働金庫】認証コードのお知らせ");
  }

  @ParameterizedTest
  @EnumSource
  void noMailHoldsALink(MailLanguage language) {
    MailTexts texts = new MailTexts(Mails.LETTERHEAD, language);
    for (Notice notice :
        new Notice[] {
          Mails.CODE, Mails.ISSUED, Mails.LOCKED, Mails.BLOCKED_MASTER, Mails.BLOCKED_GENERAL
        }) {
      assertThat(texts.render(NUMBER, notice, Mails.NOW).body())
          .doesNotContainIgnoringCase("http")
          .doesNotContainIgnoringCase("www.")
          .doesNotContain("{");
    }
  }

  @Test
  void whatAValueHoldsIsNoPlaceholder() {
    Letterhead odd =
        new Letterhead(
            "{code}$1\\",
            "s",
            ZoneId.of("Asia/Tokyo"),
            new Letterhead.Helpdesk("h", "0", "{userId}", "c"));
    MailText text = new MailTexts(odd, MailLanguage.JAPANESE).render(NUMBER, Mails.CODE, Mails.NOW);

    assertThat(text.subject()).startsWith("【{code}$1\\】");
    assertThat(text.body()).contains("受付時間:{userId}");
  }

  @Test
  @Tag("S5")
  void textDoesNotPrint() {
    assertThat(Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW).toString())
        .isEqualTo("MailText[redacted]");
  }

  private static void assertGolden(String name, String language, MailLanguage mailLanguage)
      throws IOException {
    MailText text =
        new MailTexts(Mails.LETTERHEAD, mailLanguage).render(NUMBER, notice(name), Mails.NOW);
    String golden =
        Files.readString(GOLDEN.resolve(name + "_" + language + ".txt"), StandardCharsets.UTF_8);

    assertThat(text.subject() + "\n\n" + text.body()).isEqualTo(golden);
  }

  private static Notice notice(String name) {
    return switch (name) {
      case "code" -> Mails.CODE;
      case "issued" -> Mails.ISSUED;
      case "locked" -> Mails.LOCKED;
      case "blocked-master" -> Mails.BLOCKED_MASTER;
      default -> Mails.BLOCKED_GENERAL;
    };
  }
}
