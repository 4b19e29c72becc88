package dev.inkan.server.mail;

import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.UserRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of every mail, from {@code mail/mail_*.properties}: a head, what it is about, the
 * helpdesk. Never a link: phishing by mail that asks to renew a certificate is the fraud to fear.
 * Safe for several threads.
 */
public final class MailTexts {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

  private final Letterhead letterhead;
  private final Properties texts;
  private final DateTimeFormatter time;

  public MailTexts(Letterhead letterhead, MailLanguage language) {
    this.letterhead = letterhead;
    this.texts = read("/mail/mail_" + language.locale().getLanguage() + ".properties");
    this.time =
        DateTimeFormatter.ofPattern(text("time"), language.locale()).withZone(letterhead.zone());
  }

  /** The mail that tells {@code notice}, made at {@code madeAt}. */
  public MailText render(MailNumber number, Notice notice, Instant madeAt) {
    Map<String, String> values = values(notice);
    values.put("number", number.toString());
    values.put("madeAt", time.format(madeAt));
    String key = notice.kind();
    String topic = fill(text(key + ".topic"), values);
    values.put("topic", topic);
    String body = text("head") + text(variant(key, notice)) + text("foot");
    return new MailText(fill(text("subject"), values), fill(body, values));
  }

  private Map<String, String> values(Notice notice) {
    Map<String, String> values = new HashMap<>();
    values.put("bank", letterhead.bank());
    values.put("service", letterhead.service());
    values.put("helpdesk", letterhead.helpdesk().name());
    values.put("phone", letterhead.helpdesk().phone());
    values.put("hours", letterhead.helpdesk().hours());
    values.put("closedDays", letterhead.helpdesk().closedDays());
    if (notice instanceof Notice.Code code) {
      values.put("userId", code.userId().value());
      values.put("code", code.code().reveal());
      values.put("expiresAt", time.format(code.expiresAt()));
    } else if (notice instanceof Notice.Issued issued) {
      values.put("userId", issued.userId().value());
      values.put("notBefore", time.format(issued.validity().notBefore()));
      values.put("notAfter", time.format(issued.validity().notAfter()));
    } else if (notice instanceof Notice.Locked locked) {
      values.put("userId", locked.userId().value());
      values.put("failures", Integer.toString(locked.failures()));
      values.put("until", time.format(locked.until()));
    } else if (notice instanceof Notice.Blocked blocked) {
      values.put("userId", blocked.userId().value());
    }
    return values;
  }

  private static String variant(String key, Notice notice) {
    return notice instanceof Notice.Blocked blocked
        ? key + (blocked.role() == UserRole.MASTER ? ".master" : ".general")
        : key + ".text";
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
              return Matcher.quoteReplacement(value);
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
