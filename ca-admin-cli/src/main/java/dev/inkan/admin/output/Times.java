package dev.inkan.admin.output;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times for people, in the bank's zone. The zone is the server's to tell; it is asked for when the
 * first time is shown.
 */
public final class Times {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  private final Supplier<ZoneId> bank;
  private final Clock clock;
  private @Nullable ZoneId zone;

  public Times(Supplier<ZoneId> bank, Clock clock) {
    this.bank = bank;
    this.clock = clock;
  }

  /** {@code 2026-11-22 12:00}. */
  public String minute(Instant at) {
    return MINUTE.withZone(zone()).format(at);
  }

  /** {@code 2026-11-22}. */
  public String day(Instant at) {
    return DAY.withZone(zone()).format(at);
  }

  /** {@code 2027-11-22 (365 d)}: a day to come with the days until then. */
  public String dayAndDistance(Instant at) {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? day(at) : day(at) + " (" + left.toDays() + " d)";
  }

  /** {@code 3 min ago}, or the day if that was long ago. */
  public String ago(Instant at) {
    Duration past = Duration.between(at, clock.instant());
    if (past.isNegative() || past.toDays() > 0) {
      return minute(at);
    }
    return past.toHours() > 0 ? past.toHours() + " h ago" : past.toMinutes() + " min ago";
  }

  /** The bank's zone. */
  public ZoneId zone() {
    @Nullable ZoneId known = zone;
    if (known == null) {
      known = bank.get();
      zone = known;
    }
    return known;
  }
}
