package dev.inkan.server.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days taken together.
 *
 * @param mails how many, by kind
 * @param closedDayMails how many of them fall on a day on which the bank does not work
 * @param busiest the day with the most mails, the first of several; empty without mails
 * @param busiestMails how many that day has
 */
public record Summary(
    int days,
    SortedMap<String, Integer> mails,
    int closedDayMails,
    Optional<LocalDate> busiest,
    int busiestMails) {

  public static Summary of(List<DayReport> days) {
    SortedMap<String, Integer> mails = new TreeMap<>();
    int closed = 0;
    Optional<LocalDate> busiest = Optional.empty();
    int most = 0;
    for (DayReport day : days) {
      day.mails().forEach((kind, to) -> mails.merge(kind, to.size(), Integer::sum));
      int count = day.mailCount();
      closed += day.closed() ? count : 0;
      if (count > most) {
        most = count;
        busiest = Optional.of(day.day());
      }
    }
    return new Summary(days.size(), mails, closed, busiest, most);
  }

  int total() {
    return mails.values().stream().mapToInt(Integer::intValue).sum();
  }
}
