package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of every mail, from {@code mail/mail_*.properties}: a head, what it is about, the
 * helpdesk. Never a link: phishing by mail that asks to renew a certificate is the fraud to fear.
 * Safe for several threads.
 */
public final class MailTexts {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

  /** What could begin a line of its own or turn the reading direction round. */
  private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

  private final Letterhead letterhead;
  private final Properties texts;
  private final DateTimeFormatter time;
  private final NoticeWords words;

  public MailTexts(Letterhead letterhead, Language language) {
    this.letterhead = letterhead;
    this.texts = read("/mail/mail_" + language.code() + ".properties");
    this.time = formatter("time", language);
    this.words = new NoticeWords(time, formatter("day", language), this::text);
  }

  private DateTimeFormatter formatter(String key, Language language) {
    return DateTimeFormatter.ofPattern(text(key), language.locale()).withZone(letterhead.zone());
  }

  /** The mail that tells {@code notice}, made at {@code madeAt}. */
  public MailText render(MailNumber number, Notice notice, Instant madeAt) {
    NoticeWords.Words told = words.of(notice);
    Map<String, String> values = told.values();
    putLetterhead(values);
    values.put("userId", notice.userId().value());
    values.put("number", number.toString());
    values.put("madeAt", time.format(madeAt));
    String topic = fill(text(notice.kind() + ".topic"), values);
    values.put("topic", topic);
    String body =
        Stream.of(Stream.of("head"), told.paragraphs().stream(), Stream.of("foot"))
            .flatMap(it -> it)
            .map(this::text)
            .collect(Collectors.joining("\n\n", "", "\n"));
    return new MailText(fill(text("subject"), values), fill(body, values));
  }

  private void putLetterhead(Map<String, String> values) {
    values.put("bank", letterhead.bank());
    values.put("service", letterhead.service());
    values.put("helpdesk", letterhead.helpdesk().name());
    values.put("phone", letterhead.helpdesk().phone());
    values.put("hours", letterhead.helpdesk().hours());
    values.put("closedDays", letterhead.helpdesk().closedDays());
  }

  /** One pass, so that what a value holds is never taken for a placeholder. */
  private static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                throw new IllegalStateException("no value for {" + match.group(1) + "}");
              }
              return Matcher.quoteReplacement(BREAKING.matcher(value).replaceAll(" "));
            });
  }

  private String text(String key) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no mail text " + key);
    }
    return text;
  }

  private static Properties read(String resource) {
    Properties texts = new Properties();
    try (InputStream stream = MailTexts.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
    return texts;
  }
}
