package dev.inkan.server.http.web.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates and times as the screens and mails say them, in the bank's zone. Thread-safe. */
public final class JapaneseDates {

  private static final DateTimeFormatter DATE = pattern("uuuu年M月d日");
  private static final DateTimeFormatter TIME = pattern("H時mm分");
  private static final DateTimeFormatter DATE_TIME = pattern("uuuu年M月d日 H時mm分");
  private static final DateTimeFormatter DAY_TIME = pattern("M月d日 H時mm分");

  private final ZoneId zone;

  public JapaneseDates(ZoneId zone) {
    this.zone = zone;
  }

  /** Such as 2026年11月22日. */
  public String date(Instant at) {
    return DATE.format(at.atZone(zone));
  }

  /** Such as 2026年11月22日. */
  public String date(LocalDate day) {
    return DATE.format(day);
  }

  /** Such as 14時35分. */
  public String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** Such as 2026年11月22日 14時35分. */
  public String dateTime(Instant at) {
    return DATE_TIME.format(at.atZone(zone));
  }

  /** By the clock for somebody who reads it {@code now}: with the day where it is another day. */
  public String clock(Instant at, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return at.atZone(zone).toLocalDate().equals(today)
        ? time(at)
        : DAY_TIME.format(at.atZone(zone));
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }
}
