package dev.inkan.server.mail;

import java.util.Locale;

/** The languages in which mails are written. */
public enum MailLanguage {
  JAPANESE(Locale.JAPANESE),
  ENGLISH(Locale.ENGLISH);

  private final Locale locale;

  MailLanguage(Locale locale) {
    this.locale = locale;
  }

  Locale locale() {
    return locale;
  }
}
