package dev.inkan.core.policy;

import dev.inkan.core.certificate.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * What a day is at the bank, for every date that is decided on, shown or mailed: the calendar day
 * of the bank's zone, which need not have 24 hours, nor begin at midnight. Pure: it reads no clock.
 *
 * @param zone the bank's time zone, in which days begin and end
 */
public record BankCalendar(ZoneId zone) {

  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  /** The day that {@code at} falls on. */
  public LocalDate dayOf(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  /** The first instant of the day. */
  public Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant(); // not every day has a midnight
  }

  /** 23:59:59 on the day's own clock; where clocks go back over midnight, the later of the two. */
  public Instant lastSecondOf(LocalDate day) {
    return day.atTime(LAST_SECOND).atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }

  /** The last day on which a certificate of this validity is good. */
  public LocalDate lastDayOf(Validity validity) {
    return dayOf(validity.notAfter());
  }

  /**
   * The days left (残り日数) to a certificate of this validity: 1 on the day before the last, 0 on the
   * last day itself, negative after it.
   */
  public int daysLeft(Validity validity, Instant now) {
    return Math.toIntExact(ChronoUnit.DAYS.between(dayOf(now), lastDayOf(validity)));
  }
}
