package dev.inkan.server.simulation;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * On which days the bank works.
 *
 * @param zone in which its days begin
 * @param closedOn days on which it does not work, beside Saturdays and Sundays
 */
public record BankDays(ZoneId zone, Set<LocalDate> closedOn) {

  private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  public BankDays {
    closedOn = Set.copyOf(closedOn);
  }

  boolean isClosed(LocalDate day) {
    return WEEKEND.contains(day.getDayOfWeek()) || closedOn.contains(day);
  }
}
