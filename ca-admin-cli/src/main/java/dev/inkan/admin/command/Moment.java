package dev.inkan.admin.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people type it: a day or a time in the bank's zone, or one in ISO 8601 that says its
 * own.
 */
public final class Moment {

  private final Function<Supplier<ZoneId>, Instant> instant;

  private Moment(Function<Supplier<ZoneId>, Instant> instant) {
    this.instant = instant;
  }

  /** The time, where clocks show {@code zone}. */
  public Instant in(Session session) {
    return instant.apply(session.times()::zone);
  }

  static Moment parse(String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.length() == 10) {
        LocalDate day = LocalDate.parse(iso);
        return new Moment(zone -> day.atStartOfDay(zone.get()).toInstant());
      }
      if (iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")) {
        Instant at = OffsetDateTime.parse(iso).toInstant();
        return new Moment(zone -> at);
      }
      LocalDateTime local = LocalDateTime.parse(iso);
      return new Moment(zone -> local.atZone(zone.get()).toInstant());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "«" + text + "» is no time; write 2026-11-20 or \"2026-11-20 18:30\"");
    }
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      return parse(text);
    }
  }
}
