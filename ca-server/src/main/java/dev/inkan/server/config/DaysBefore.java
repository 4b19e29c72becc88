package dev.inkan.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Days before an event, the furthest first.
 *
 * @param days 0-365 each, falling; at least one
 */
public record DaysBefore(List<Integer> days) {

  /** The form in words. */
  static final String FORM = "falling numbers of 0-365, such as 30 or 30,10,3";

  private static final Pattern LIST = Pattern.compile("[0-9]{1,3}(?:, ?[0-9]{1,3}){0,9}");
  private static final int FURTHEST = 365;

  public DaysBefore {
    days = List.copyOf(days);
  }

  /** The days that {@code text} lists, if it has the right form. */
  static Optional<DaysBefore> parse(String text) {
    if (!LIST.matcher(text).matches()) {
      return Optional.empty();
    }
    List<Integer> days = Arrays.stream(text.split(", ?", -1)).map(Integer::valueOf).toList();
    return days.get(0) <= FURTHEST && falls(days)
        ? Optional.of(new DaysBefore(days))
        : Optional.empty();
  }

  int furthest() {
    return days.get(0);
  }

  private static boolean falls(List<Integer> days) {
    for (int i = 1; i < days.size(); i++) {
      if (days.get(i) >= days.get(i - 1)) {
        return false;
      }
    }
    return true;
  }
}
