package dev.inkan.core.policy;

import dev.inkan.core.certificate.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a holder is told that their certificate ends or has ended, by the bank's calendar (A4). At
 * each moment one notice at most is due: the latest, so that an outage is not followed by a row of
 * mails. Pure: it reads no clock and no table.
 *
 * @param daysBefore how many days before the last valid day each notice becomes due, at the start
 *     of that day; the furthest first
 */
public record ExpiryNotices(List<Integer> daysBefore, BankCalendar calendar) {

  public ExpiryNotices {
    daysBefore = List.copyOf(daysBefore);
    int before = Integer.MAX_VALUE;
    for (int days : daysBefore) {
      if (days < 0 || days >= before) {
        throw new IllegalArgumentException("days before must fall, to 0 at least: " + daysBefore);
      }
      before = days;
    }
  }

  /**
   * The certificates one notice is due for.
   *
   * @param notAfterFrom their validity ends then (inclusive) or later
   * @param notAfterBefore and before then (exclusive)
   * @param settledBy the kinds of which none may have been told yet: this and what comes after it,
   *     should a clock have stepped back
   */
  public record Round(
      ExpiryNotice notice, Instant notAfterFrom, Instant notAfterBefore, List<String> settledBy) {

    public Round {
      settledBy = List.copyOf(settledBy);
    }

    /** Whether the notice is due for a certificate of this validity. */
    public boolean covers(Validity validity) {
      Instant notAfter = validity.notAfter();
      return !notAfter.isBefore(notAfterFrom) && notAfter.isBefore(notAfterBefore);
    }
  }

  /** What is due for a certificate of this validity, unless it was renewed or told already. */
  public Optional<ExpiryNotice> due(Validity validity, Instant now) {
    if (!now.isBefore(validity.end())) {
      return Optional.of(new ExpiryNotice.Expired());
    }
    int daysLeft = calendar.daysLeft(validity, now);
    return daysBefore.stream()
        .filter(days -> daysLeft <= days)
        .reduce((earlier, later) -> later)
        .map(ExpiryNotice.Expiring::new);
  }

  /** {@link #due} for a whole ledger: which notice for which ends, none overlapping. */
  public List<Round> rounds(Instant now) {
    LocalDate today = calendar.dayOf(now);
    Instant ended = now.truncatedTo(ChronoUnit.SECONDS); // a validity ends on a whole second
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < daysBefore.size(); i++) {
      boolean last = i + 1 == daysBefore.size();
      rounds.add(
          new Round(
              new ExpiryNotice.Expiring(daysBefore.get(i)),
              last ? ended : afterDay(today, daysBefore.get(i + 1)),
              afterDay(today, daysBefore.get(i)),
              kindsFrom(i)));
    }
    rounds.add(
        new Round(new ExpiryNotice.Expired(), Instant.EPOCH, ended, kindsFrom(daysBefore.size())));
    return rounds;
  }

  /** When {@code notice} gives way to the next one and is not worth a mail any more. */
  public Optional<Instant> pointlessFrom(ExpiryNotice notice, Validity validity) {
    if (!(notice instanceof ExpiryNotice.Expiring expiring)) {
      return Optional.empty();
    }
    return Optional.of(
        daysBefore.stream()
            .filter(days -> days < expiring.daysBefore())
            .findFirst()
            .map(days -> calendar.startOf(calendar.lastDayOf(validity).minusDays(days)))
            .orElse(validity.end()));
  }

  private Instant afterDay(LocalDate today, int days) {
    return calendar.startOf(today.plusDays(days + 1L));
  }

  private List<String> kindsFrom(int index) {
    Stream<ExpiryNotice> expiring = daysBefore.stream().skip(index).map(ExpiryNotice.Expiring::new);
    return Stream.concat(expiring, Stream.of(new ExpiryNotice.Expired()))
        .map(ExpiryNotice::kind)
        .toList();
  }
}
