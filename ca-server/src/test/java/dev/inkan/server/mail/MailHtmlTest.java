package dev.inkan.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.Language;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A mail as HTML says what the plain text says, and fetches nothing (F1)")
class MailHtmlTest {

  private static final MailNumber NUMBER = new MailNumber(104_242);

  static Stream<Arguments> mails() {
    return MailTextsTest.mails();
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("mails")
  @Tag("F1")
  void sameWordsAndNothingFetched(String name, Language language) {
    Notice notice = Notices.named(name);
    MailText text = new MailTexts(Mails.LETTERHEAD, language).render(NUMBER, notice, Mails.NOW);
    String html = MailHtml.of(text);

    String page = html.substring(html.indexOf("<body"));
    String shown =
        page.replaceAll("<[^>]*>", "")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    assertThat(letters(shown)).isEqualTo(letters(text.body()));
    assertThat(html)
        .contains("<html lang=\"" + language.code() + "\">")
        .contains("<title>" + text.subject() + "</title>")
        .doesNotContainIgnoringCase("<a")
        .doesNotContainIgnoringCase("<img")
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("<style")
        .doesNotContainIgnoringCase("<link")
        .doesNotContainIgnoringCase("src=")
        .doesNotContainIgnoringCase("url(")
        .doesNotContainIgnoringCase("http");
  }

  @Test
  @Tag("B12")
  void theCodeIsLargeAndTheMailNumberIsNot() {
    String html = MailHtml.of(Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW));

    assertThat(html)
        .containsPattern("<strong style=\"font-size:32px;[^\"]*\">048213</strong>")
        .containsOnlyOnce("<strong")
        .contains(">104242</td>");
  }

  @Test
  void theHelpdeskIsATable() {
    String html = MailHtml.of(Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW));

    assertThat(html.replaceAll(" style=\"[^\"]*\"", ""))
        .contains(
            "<tr><td colspan=\"2\">お問い合わせ</td></tr>",
            "<tr><th width=\"140\" valign=\"top\" scope=\"row\">電話</th>"
                + "<td valign=\"top\">00-0000-0000</td></tr>",
            "<tr><th width=\"140\" valign=\"top\" scope=\"row\">受付時間</th>"
                + "<td valign=\"top\">9:00〜17:00</td></tr>");
  }

  @Test
  @Tag("S14")
  @DisplayName("Whatever a name holds, it is shown and does nothing")
  void nothingBreaksOut() {
    String evil = "<img src=x onerror='a'>\"&</td><script>";
    Letterhead letterhead =
        new Letterhead(
            evil, evil, Mails.LETTERHEAD.zone(), new Letterhead.Helpdesk(evil, evil, evil, evil));
    String html =
        MailHtml.of(
            new MailTexts(letterhead, Language.JAPANESE).render(NUMBER, Mails.CODE, Mails.NOW));

    assertThat(html)
        .doesNotContain("<img", "<script", "'a'", "\"&<")
        .contains("&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;&lt;/td&gt;&lt;script&gt;");
  }

  private static String letters(String text) {
    return text.replaceAll("[\\s:-]", "");
  }
}
