package dev.inkan.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What mails say (A4, B9, B12, D6, F1)")
class MailTextsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/mail");
  private static final MailNumber NUMBER = new MailNumber(1042);

  static Stream<Arguments> mails() {
    return Notices.ALL.keySet().stream()
        .flatMap(name -> Arrays.stream(Language.values()).map(it -> Arguments.of(name, it)));
  }

  @ParameterizedTest(name = "{0} in {1} reads as agreed")
  @MethodSource("mails")
  @Tag("A4")
  @Tag("B9")
  @Tag("D6")
  @Tag("F1")
  void readsAsAgreed(String name, Language language) throws IOException {
    Path golden = GOLDEN.resolve(name + "_" + language.code() + ".txt");
    MailText text = render(name, language);

    assertThat(text.subject() + "\n\n" + text.body())
        .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("No kind of notice is without a sample here, and no golden file without a notice")
  void everyKindIsShown() throws IOException {
    assertThat(Notices.ALL.values().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Notice.class.getPermittedSubclasses());
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<String> named =
          mails()
              .map(Arguments::get)
              .map(it -> it[0] + "_" + ((Language) it[1]).code() + ".txt")
              .toList();
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @ParameterizedTest(name = "{0} in {1} has its helpdesk, its number, no link and nothing unfilled")
  @MethodSource("mails")
  @Tag("F1")
  void everyMailSaysWhoAndHoldsNoLink(String name, Language language) {
    MailText text = render(name, language);

    assertThat(text.subject()).contains("みほん労働金庫").hasSizeLessThan(70);
    assertThat(text.body())
        .contains("taro01", "みほん労働金庫 ヘルプデスク", "00-0000-0000", "9:00〜17:00", "土・日・祝日")
        .contains(language == Language.JAPANESE ? "メール番号:1042" : "Mail number: 1042")
        .contains(
            language == Language.JAPANESE ? "このメールにはリンクを記載していません" : "This mail holds no links")
        .doesNotContainIgnoringCase("http")
        .doesNotContainIgnoringCase("www.")
        .doesNotContain("{", "}", "null");
    assertThat(Notices.named(name).kind()).hasSizeLessThanOrEqualTo(16);
  }

  @ParameterizedTest(name = "{0} in {1} shows the code in its text alone, and only a code's mail")
  @MethodSource("mails")
  @Tag("B12")
  void codeIsInTheTextAlone(String name, Language language) {
    MailText text = render(name, language);

    assertThat(text.subject()).doesNotContain("048213");
    assertThat(text.body().contains("048213")).isEqualTo(name.endsWith("code"));
  }

  @Test
  @Tag("B12")
  void codeMailShowsTheCodeItsEndAndTheWarnings() {
    assertThat(render("code", Language.JAPANESE).body())
        .contains("認証コード:048213")
        .contains("有効期限:2026年11月22日 15時30分05秒まで")
        .contains("電話などで他人に絶対に教えないでください")
        .contains("職員が認証コードをお聞きすることはありません");
  }

  @Test
  @Tag("C4")
  void codeForAnAddressSaysWhoTypesItAndWhomElseItIsToldTo() {
    assertThat(render("address-code", Language.JAPANESE).body())
        .contains("マスターユーザーの方がメールアドレス変更の画面に入力します")
        .contains("マスターユーザーの方ご本人に、直接お会いしてお伝えください")
        .contains("それ以外の方には、電話などで絶対に教えないでください");
  }

  @Test
  @Tag("A4")
  void expiringSaysDaysLastDayStepsAndThatBothStayValid() {
    assertThat(render("expiring", Language.JAPANESE).body())
        .contains("あと30日です", "有効期限:2027年11月22日(月)まで", "更新の手順", "7. ")
        .contains("これまでの電子証明書は有効期限まで有効です", "新しいほうを選択してください");
    assertThat(render("expired", Language.JAPANESE).body())
        .contains("有効期限:2027年11月22日(月)まで", "再発行の手順")
        .contains("みほん労働金庫へのお申し込みは不要です");
  }

  @Test
  @Tag("B9")
  void lockSaysWhenItEndsHowManyTriesFromWhereAndWhomToAsk() {
    assertThat(render("locked-general", Language.JAPANESE).body())
        .contains("2026年11月22日 16時00分05秒以降", "6回", "192.0.2.1")
        .contains("マスターユーザーの方へ解除をご依頼ください");
    assertThat(render("locked-codes-master", Language.JAPANESE).body())
        .contains("認証コードが", "3回", "192.0.2.1", "下記まで解除をご依頼ください");
    assertThat(render("blocked-general", Language.JAPANESE).body())
        .contains("3回", "192.0.2.1", "マスターユーザーの方へ、閉塞の解除をご依頼ください");
    assertThat(render("blocked-master", Language.JAPANESE).body()).contains("下記まで、閉塞の解除をご依頼ください");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D6")
  void everyReasonOfARevocationHasWords(RevocationReason reason) {
    UserId user = new UserId("taro01");
    Validity validity = new Validity(Mails.NOW, Mails.NOW.plusSeconds(1));
    for (Language language : Language.values()) {
      Notice notice = new Notice.Revoked(user, user, validity, reason, Mails.NOW);
      assertThat(new MailTexts(Mails.LETTERHEAD, language).render(NUMBER, notice, Mails.NOW).body())
          .doesNotContain(reason.name());
    }
  }

  @Test
  void whatAValueHoldsIsNoPlaceholderAndBreaksOutOfNoLine() {
    Letterhead odd =
        new Letterhead(
            "{code}$1\\\r\nBcc: x@example.jp",
            "s\u202e",
            ZoneId.of("Asia/Tokyo"),
            new Letterhead.Helpdesk("h", "0", "{userId}", "c"));
    Notice locked =
        new Notice.Locked(
            new UserId("taro01"),
            UserRole.GENERAL,
            Notice.Cause.PASSWORDS,
            6,
            "x\n認証コード:000000\u2028y",
            Mails.NOW);
    MailText text = new MailTexts(odd, Language.JAPANESE).render(NUMBER, locked, Mails.NOW);

    assertThat(text.subject()).startsWith("【{code}$1\\ Bcc: x@example.jp】");
    assertThat(text.body())
        .contains("受付時間:{userId}", "x 認証コード:000000 y\n")
        .doesNotContain("\u202e", "\u2028", "\r");
  }

  @Test
  @Tag("S5")
  void textDoesNotPrint() {
    assertThat(render("code", Language.JAPANESE).toString()).isEqualTo("MailText[redacted]");
  }

  private static MailText render(String name, Language language) {
    return new MailTexts(Mails.LETTERHEAD, language).render(NUMBER, Notices.named(name), Mails.NOW);
  }
}
