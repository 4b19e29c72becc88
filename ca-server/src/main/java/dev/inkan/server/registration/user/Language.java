package dev.inkan.server.registration.user;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages in which a user can be written to (F1). */
public enum Language {
  JAPANESE(Locale.JAPANESE),
  ENGLISH(Locale.ENGLISH);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  public Locale locale() {
    return locale;
  }

  /** As it is stored and sent by forms: ISO 639, such as {@code ja}. */
  public String code() {
    return locale.getLanguage();
  }

  /** The language with this {@link #code()}, if there is one. */
  public static Optional<Language> parse(String code) {
    return Arrays.stream(values()).filter(it -> it.code().equals(code)).findFirst();
  }
}
