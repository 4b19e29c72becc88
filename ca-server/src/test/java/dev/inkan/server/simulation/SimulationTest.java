package dev.inkan.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.server.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SimulationTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

  private final SimulatedClock clock = new SimulatedClock(NOON);
  private final List<Instant> runs = new ArrayList<>();
  private final Job job = new Job("note", Duration.ofMinutes(10), () -> runs.add(clock.instant()));

  @Test
  void jobsRunAtMidnightOfTheBankOnceMoreAndAtOddMoments() {
    Instant odd = Instant.parse("2026-11-22T20:00:00Z");
    Moments moments = Moments.daily(TOKYO, job.every(), List.of(odd));

    new Simulation(clock, moments, List.of(job)).passTo(Instant.parse("2026-11-23T15:00:00Z"));

    assertThat(runs)
        .containsExactly(
            Instant.parse("2026-11-22T15:00:00Z"),
            Instant.parse("2026-11-22T15:10:00Z"),
            odd,
            Instant.parse("2026-11-23T15:00:00Z"));
    assertThat(clock.instant()).isEqualTo("2026-11-23T15:00:00Z");
  }

  @Test
  void aDayBeginsWhereItsZoneSays() {
    ZoneId withoutMidnight = ZoneId.of("America/Sao_Paulo");
    Moments moments = Moments.daily(withoutMidnight, job.every(), List.of());

    assertThat(moments.after(Instant.parse("2018-11-03T12:00:00Z")))
        .isEqualTo("2018-11-04T03:00:00Z"); // 01:00 there, as 00:00 does not exist
  }

  @Test
  void aFailureNamesTheJobAndTheDay() {
    Job broken =
        new Job(
            "broken",
            Duration.ofMinutes(1),
            () -> {
              throw new IllegalStateException("no words");
            });
    Simulation simulation =
        new Simulation(clock, Moments.daily(TOKYO, broken.every(), List.of()), List.of(broken));

    assertThatThrownBy(() -> simulation.passTo(NOON.plus(Duration.ofDays(2))))
        .isInstanceOf(SimulationFailedException.class)
        .hasMessage("the job broken would fail at 2026-11-22T15:00:00Z: no words");
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatThrownBy(() -> clock.moveTo(NOON.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void theSummaryNamesTheFirstOfTheBusiestDaysAndCountsClosedOnes() {
    LocalDate saturday = LocalDate.parse("2026-11-21");
    LocalDate holiday = LocalDate.parse("2026-11-23");
    BankDays bank = new BankDays(TOKYO, Set.of(holiday));
    List<DayReport> days = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      LocalDate day = saturday.plusDays(i);
      days.add(day(bank, day, i == 4 ? 0 : 1 + i % 2));
    }

    Summary summary = Summary.of(days);

    assertThat(summary.total()).isEqualTo(6);
    assertThat(summary.busiest()).contains(saturday.plusDays(1));
    assertThat(summary.busiestMails()).isEqualTo(2);
    assertThat(summary.closedDayMails()).as("Saturday, Sunday, the holiday").isEqualTo(1 + 2 + 1);
  }

  private static DayReport day(BankDays bank, LocalDate day, int mails) {
    TreeMap<String, List<DayReport.Recipient>> byKind = new TreeMap<>();
    for (int i = 0; i < mails; i++) {
      byKind
          .computeIfAbsent("expired", it -> new ArrayList<>())
          .add(new DayReport.Recipient("taro0001", "t***@example.jp"));
    }
    return new DayReport(day, bank.isClosed(day), byKind, new TreeMap<>());
  }
}
