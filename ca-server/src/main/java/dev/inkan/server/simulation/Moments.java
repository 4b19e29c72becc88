package dev.inkan.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The moments at which the jobs could find something new to do. */
public interface Moments {

  /** The first one after {@code now}. */
  Instant after(Instant now);

  /**
   * The start of every day, when windows open and certificates have ended, and once more when each
   * job has come round again.
   *
   * @param zone in which days begin
   * @param round the longest wait of a job
   * @param others further moments, such as those of certificates that end within a day
   */
  static Moments daily(ZoneId zone, Duration round, Collection<Instant> others) {
    NavigableSet<Instant> odd = new TreeSet<>(others);
    return now -> {
      LocalDate today = LocalDate.ofInstant(now, zone);
      Instant again = today.atStartOfDay(zone).toInstant().plus(round);
      Instant tomorrow = today.plusDays(1).atStartOfDay(zone).toInstant();
      Instant next = again.isAfter(now) ? again : tomorrow;
      return Optional.ofNullable(odd.higher(now)).filter(next::isAfter).orElse(next);
    };
  }
}
