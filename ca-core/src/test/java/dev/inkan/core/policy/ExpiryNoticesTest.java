package dev.inkan.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.ExpiryNotice.Expired;
import dev.inkan.core.policy.ExpiryNotice.Expiring;
import dev.inkan.core.policy.ExpiryNotices.Round;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryNoticesTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ExpiryNotices BANK = notices(TOKYO, 30);
  private static final ExpiryNotices THREE = notices(TOKYO, 30, 10, 3);

  @ParameterizedTest(name = "A4: {0}, last day {1}: at {2} {3} is due")
  @Tag("A3")
  @Tag("A4")
  @CsvSource({
    // midnight: the last second before, the first of the day, the last of the validity, past it
    "Asia/Tokyo, 2027-11-22, 2027-10-22T14:59:59.999Z, none",
    "Asia/Tokyo, 2027-11-22, 2027-10-22T15:00:00Z, expiring-30",
    "Asia/Tokyo, 2027-11-22, 2027-11-22T14:59:59.999Z, expiring-30",
    "Asia/Tokyo, 2027-11-22, 2027-11-22T15:00:00Z, expired",
    // over the year's end, and over a 29 February
    "Asia/Tokyo, 2028-01-01, 2027-12-01T14:59:59Z, none",
    "Asia/Tokyo, 2028-01-01, 2027-12-01T15:00:00Z, expiring-30",
    "Asia/Tokyo, 2028-03-01, 2028-01-30T14:59:59Z, none",
    "Asia/Tokyo, 2028-03-01, 2028-01-30T15:00:00Z, expiring-30",
    "Asia/Tokyo, 2027-03-01, 2027-01-29T15:00:00Z, expiring-30",
    "Asia/Tokyo, 2028-02-29, 2028-01-29T15:00:00Z, expiring-30",
    // clocks go forward in London on 2027-03-28, back on 2027-10-31: the offset is the day's own
    "Europe/London, 2027-04-10, 2027-03-10T23:59:59Z, none",
    "Europe/London, 2027-04-10, 2027-03-11T00:00:00Z, expiring-30",
    "Europe/London, 2027-04-10, 2027-04-10T22:59:59Z, expiring-30",
    "Europe/London, 2027-04-10, 2027-04-10T23:00:00Z, expired",
    "Europe/London, 2027-11-05, 2027-10-05T22:59:59Z, none",
    "Europe/London, 2027-11-05, 2027-10-05T23:00:00Z, expiring-30",
    "Europe/London, 2027-11-05, 2027-11-06T00:00:00Z, expired",
    // in São Paulo 2018-11-04 had no midnight: the day began at 01:00
    "America/Sao_Paulo, 2018-12-04, 2018-11-04T02:59:59Z, none",
    "America/Sao_Paulo, 2018-12-04, 2018-11-04T03:00:00Z, expiring-30",
    // and 2018-02-17 had 23:00-23:59:59 twice: it ended with the second
    "America/Sao_Paulo, 2018-02-17, 2018-02-18T02:59:59Z, expiring-30",
    "America/Sao_Paulo, 2018-02-17, 2018-02-18T03:00:00Z, expired",
    // Samoa had no 2011-12-30
    "Pacific/Apia, 2012-01-29, 2011-12-30T09:59:59Z, none",
    "Pacific/Apia, 2012-01-29, 2011-12-30T10:00:00Z, expiring-30"
  })
  void followsTheBanksCalendar(String zone, LocalDate lastDay, Instant at, String kind) {
    ExpiryNotices notices = notices(ZoneId.of(zone), 30);
    Validity validity = endingOn(lastDay, notices.calendar());

    assertThat(notices.due(validity, at).map(ExpiryNotice::kind).orElse("none")).isEqualTo(kind);
  }

  @ParameterizedTest(name = "A4: {0} days left: {1}")
  @Tag("A4")
  @CsvSource({
    "31, none",
    "30, expiring-30",
    "11, expiring-30",
    "10, expiring-10",
    "4, expiring-10",
    "3, expiring-3",
    "0, expiring-3",
    "-1, expired",
    "-400, expired"
  })
  @DisplayName("A4: of several the latest is due")
  void latestOfSeveral(int daysLeft, String kind) {
    LocalDate lastDay = LocalDate.of(2027, 11, 22);
    Validity validity = endingOn(lastDay, THREE.calendar());
    Instant noon = lastDay.minusDays(daysLeft).atTime(12, 0).atZone(TOKYO).toInstant();

    assertThat(THREE.calendar().daysLeft(validity, noon)).isEqualTo(daysLeft);
    assertThat(THREE.due(validity, noon).map(ExpiryNotice::kind).orElse("none")).isEqualTo(kind);
  }

  @Test
  @Tag("A3")
  @Tag("A4")
  @DisplayName("A3, A4: on every day of ten years the mail is due when renewal opens")
  void oneDateForWindowAndMail() {
    for (ZoneId zone : zones()) {
      IssuancePolicy policy = IssuancePolicy.bank(zone);
      ExpiryNotices notices = notices(zone, 30);
      for (LocalDate day = LocalDate.of(2017, 1, 1); day.getYear() < 2030; day = day.plusDays(1)) {
        Validity validity = policy.validityFrom(day.atTime(12, 0).atZone(zone).toInstant());
        Instant opens = policy.renewalOpens(validity);
        assertThat(notices.due(validity, opens)).contains(new Expiring(30));
        assertThat(notices.due(validity, opens.minusNanos(1))).isEmpty();
        assertThat(notices.calendar().daysLeft(validity, opens)).isEqualTo(30);
      }
    }
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: asked of the ledger or of one certificate, the answer is the same")
  void roundsAreTheSameDecision() {
    long seed = 20261122;
    Random random = new Random(seed);
    List<ExpiryNotices> all =
        zones().stream()
            .flatMap(
                zone ->
                    List.of(notices(zone), notices(zone, 30), notices(zone, 30, 10, 3, 0)).stream())
            .toList();
    for (int i = 0; i < 50_000; i++) {
      ExpiryNotices notices = all.get(random.nextInt(all.size()));
      BankCalendar calendar = notices.calendar();
      LocalDate lastDay = LocalDate.of(2017, 1, 1).plusDays(random.nextInt(4_000));
      Validity validity = endingOn(lastDay, calendar);
      LocalDateTime local =
          lastDay.plusDays(random.nextInt(36) - 34L).atTime(23, 0).plusMinutes(random.nextInt(120));
      Instant now = local.atZone(calendar.zone()).toInstant().plusNanos(random.nextInt(2));

      List<ExpiryNotice> byLedger =
          notices.rounds(now).stream()
              .filter(round -> round.covers(validity))
              .map(Round::notice)
              .toList();

      assertThat(byLedger)
          .as("seed %s: %s, last day %s, at %s", seed, calendar.zone(), lastDay, now)
          .isEqualTo(notices.due(validity, now).stream().toList());
    }
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: what is told is not told again, nor anything before it")
  void laterKindsSettleEarlierOnes() {
    assertThat(THREE.rounds(Instant.parse("2027-01-01T00:00:00Z")))
        .extracting(Round::settledBy)
        .containsExactly(
            List.of("expiring-30", "expiring-10", "expiring-3", "expired"),
            List.of("expiring-10", "expiring-3", "expired"),
            List.of("expiring-3", "expired"),
            List.of("expired"));
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: a mail is worth sending until the next one is due")
  void pointlessFrom() {
    Validity validity = endingOn(LocalDate.of(2027, 11, 22), THREE.calendar());

    assertThat(THREE.pointlessFrom(new Expiring(30), validity))
        .contains(Instant.parse("2027-11-11T15:00:00Z"));
    assertThat(THREE.pointlessFrom(new Expiring(10), validity))
        .contains(Instant.parse("2027-11-18T15:00:00Z"));
    assertThat(THREE.pointlessFrom(new Expiring(3), validity)).contains(validity.end());
    assertThat(BANK.pointlessFrom(new Expiring(30), validity)).contains(validity.end());
    assertThat(THREE.pointlessFrom(new Expired(), validity)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"30,30", "3,10", "10,-1"})
  void refusesDaysThatDoNotFall(String days) {
    List<Integer> list = Arrays.stream(days.split(",", -1)).map(Integer::valueOf).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExpiryNotices(list, new BankCalendar(TOKYO)))
        .withMessageContaining("must fall");
  }

  @Test
  @Tag("C7")
  @DisplayName("C7: days left count calendar days of the bank, not spans of 24 hours")
  void daysLeft() {
    BankCalendar calendar = new BankCalendar(TOKYO);
    Validity validity = endingOn(LocalDate.of(2027, 11, 22), calendar);

    assertThat(calendar.lastDayOf(validity)).isEqualTo(LocalDate.of(2027, 11, 22));
    assertThat(calendar.daysLeft(validity, Instant.parse("2027-11-21T14:59:59Z"))).isEqualTo(1);
    assertThat(calendar.daysLeft(validity, Instant.parse("2027-11-21T15:00:00Z"))).isZero();
    assertThat(calendar.daysLeft(validity, validity.notAfter())).isZero();
    assertThat(calendar.daysLeft(validity, validity.end())).isEqualTo(-1);
    assertThat(calendar.daysLeft(validity, Instant.parse("2026-11-22T03:00:00Z"))).isEqualTo(365);
  }

  private static List<ZoneId> zones() {
    return List.of(
        TOKYO,
        ZoneId.of("Europe/London"),
        ZoneId.of("America/Sao_Paulo"),
        ZoneId.of("Asia/Beirut"),
        ZoneId.of("Australia/Lord_Howe"));
  }

  private static ExpiryNotices notices(ZoneId zone, Integer... daysBefore) {
    return new ExpiryNotices(List.of(daysBefore), new BankCalendar(zone));
  }

  private static Validity endingOn(LocalDate lastDay, BankCalendar calendar) {
    return new Validity(calendar.startOf(lastDay.minusDays(365)), calendar.lastSecondOf(lastDay));
  }
}
