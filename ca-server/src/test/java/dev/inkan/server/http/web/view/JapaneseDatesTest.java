package dev.inkan.server.http.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The surefire JVM runs in America/New_York: the bank's zone has to come from the constructor. */
class JapaneseDatesTest {

  private final JapaneseDates dates = new JapaneseDates(ZoneId.of("Asia/Tokyo"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T05:35:00Z, 2026年11月22日, 14時35分",
    "2027-11-22T14:59:59Z, 2027年11月22日, 23時59分",
    "2027-11-22T15:00:00Z, 2027年11月23日, 0時00分",
    "2026-12-31T23:05:00Z, 2027年1月1日, 8時05分"
  })
  @DisplayName("A1: days and times are the bank's, wherever the server stands")
  void bankZone(Instant at, String day, String time) {
    assertThat(dates.date(at)).isEqualTo(day);
    assertThat(dates.time(at)).isEqualTo(time);
    assertThat(dates.dateTime(at)).isEqualTo(day + " " + time);
  }

  @Test
  void aDayWithoutATime() {
    assertThat(dates.date(LocalDate.of(2028, 2, 29))).isEqualTo("2028年2月29日");
  }

  @Test
  @DisplayName("B12: past midnight the clock says which day")
  void pastMidnight() {
    Instant now = Instant.parse("2026-11-22T14:50:00Z");
    assertThat(dates.clock(now.plusSeconds(540), now)).isEqualTo("23時59分");
    assertThat(dates.clock(now.plusSeconds(1800), now)).isEqualTo("11月23日 0時20分");
  }
}
