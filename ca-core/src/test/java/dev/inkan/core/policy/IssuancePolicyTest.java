package dev.inkan.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuancePolicyTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final IssuancePolicy BANK = IssuancePolicy.bank(TOKYO);
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  @ParameterizedTest(name = "A1: issued {1} in {0}: valid {2} to {3}, renewal opens {4}")
  @Tag("A1")
  @Tag("A3")
  @CsvSource({
    // zone, issued at, notBefore, notAfter, renewal opens
    "Asia/Tokyo, 2026-11-22T03:00:00Z, 2026-11-22T02:55:00Z, 2027-11-22T14:59:59Z, 2027-10-22T15:00:00Z",
    // the first and the last second of the bank's day; backdating stops at midnight
    "Asia/Tokyo, 2026-11-21T15:00:00Z, 2026-11-21T15:00:00Z, 2027-11-22T14:59:59Z, 2027-10-22T15:00:00Z",
    "Asia/Tokyo, 2026-11-21T15:04:59Z, 2026-11-21T15:00:00Z, 2027-11-22T14:59:59Z, 2027-10-22T15:00:00Z",
    "Asia/Tokyo, 2026-11-21T15:05:01Z, 2026-11-21T15:00:01Z, 2027-11-22T14:59:59Z, 2027-10-22T15:00:00Z",
    "Asia/Tokyo, 2026-11-22T14:59:59Z, 2026-11-22T14:54:59Z, 2027-11-22T14:59:59Z, 2027-10-22T15:00:00Z",
    "Asia/Tokyo, 2026-11-22T15:00:00Z, 2026-11-22T15:00:00Z, 2027-11-23T14:59:59Z, 2027-10-23T15:00:00Z",
    // year end
    "Asia/Tokyo, 2026-12-31T03:00:00Z, 2026-12-31T02:55:00Z, 2027-12-31T14:59:59Z, 2027-11-30T15:00:00Z",
    "Asia/Tokyo, 2026-12-31T15:00:00Z, 2026-12-31T15:00:00Z, 2028-01-01T14:59:59Z, 2027-12-01T15:00:00Z",
    // leap years: a 29 February inside takes one day off the date; issued on one
    "Asia/Tokyo, 2027-03-01T03:00:00Z, 2027-03-01T02:55:00Z, 2028-02-29T14:59:59Z, 2028-01-29T15:00:00Z",
    "Asia/Tokyo, 2027-02-28T03:00:00Z, 2027-02-28T02:55:00Z, 2028-02-28T14:59:59Z, 2028-01-28T15:00:00Z",
    "Asia/Tokyo, 2028-02-29T03:00:00Z, 2028-02-29T02:55:00Z, 2029-02-28T14:59:59Z, 2029-01-28T15:00:00Z",
    "Asia/Tokyo, 2028-02-28T03:00:00Z, 2028-02-28T02:55:00Z, 2029-02-27T14:59:59Z, 2029-01-27T15:00:00Z",
    "Asia/Tokyo, 2028-03-01T03:00:00Z, 2028-03-01T02:55:00Z, 2029-03-01T14:59:59Z, 2029-01-29T15:00:00Z",
    // 2100 is no leap year
    "Asia/Tokyo, 2099-03-01T03:00:00Z, 2099-03-01T02:55:00Z, 2100-03-01T14:59:59Z, 2100-01-29T15:00:00Z",
    // zones with daylight saving time: the offset is that of the day itself
    "Europe/Berlin, 2026-07-01T10:00:00Z, 2026-07-01T09:55:00Z, 2027-07-01T21:59:59Z, 2027-05-31T22:00:00Z",
    "Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-25T09:55:00Z, 2027-10-25T21:59:59Z, 2027-09-24T22:00:00Z",
    "America/New_York, 2026-11-22T12:00:00Z, 2026-11-22T11:55:00Z, 2027-11-23T04:59:59Z, 2027-10-23T04:00:00Z",
    // in Beirut there is no midnight on the day when clocks go forward: 2026-03-29 starts at 01:00
    "Asia/Beirut, 2026-03-28T22:02:00Z, 2026-03-28T22:00:00Z, 2027-03-29T20:59:59Z, 2027-02-26T22:00:00Z",
    // east and west of the date line
    "Pacific/Kiritimati, 2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z, 2027-11-23T09:59:59Z, 2027-10-23T10:00:00Z",
    "Pacific/Pago_Pago, 2026-11-22T10:59:59Z, 2026-11-22T10:54:59Z, 2027-11-22T10:59:59Z, 2027-10-22T11:00:00Z"
  })
  void followsTheBanksCalendar(
      String zone, Instant issued, Instant notBefore, Instant notAfter, Instant renewalOpens) {
    IssuancePolicy policy = IssuancePolicy.bank(ZoneId.of(zone));
    Validity validity = policy.validityFrom(issued);

    assertThat(validity).isEqualTo(new Validity(notBefore, notAfter));
    assertThat(policy.renewalOpens(validity)).isEqualTo(renewalOpens);
  }

  @Test
  @Tag("A1")
  @DisplayName("A1: on every day of ten years the last day is the 366th, whatever the JVM's zone")
  void countsEveryDay() {
    for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() < 2036; day = day.plusDays(1)) {
      Validity validity = BANK.validityFrom(day.atTime(12, 0).atZone(TOKYO).toInstant());
      LocalDate last = LocalDate.ofInstant(validity.notAfter(), TOKYO);
      assertThat(ChronoUnit.DAYS.between(day, last) + 1).isEqualTo(366);
      assertThat(validity.end()).isEqualTo(last.plusDays(1).atStartOfDay(TOKYO).toInstant());
    }
  }

  @ParameterizedTest(name = "A1: a JVM in {0} counts the same")
  @ValueSource(strings = {"UTC", "Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"})
  void doesNotDependOnTheJvmsZone(String zone) {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertThat(BANK.validityFrom(NOW).notAfter())
          .isEqualTo(Instant.parse("2027-11-22T14:59:59Z"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void grantsTheFirst() {
    assertThat(BANK.decide(List.of(), NOW))
        .isEqualTo(new IssuanceDecision.Granted(BANK.validityFrom(NOW)));
  }

  @Test
  @Tag("A3")
  void refusesUntilTheSecondTheWindowOpens() {
    CertificateRecord held = issued(1, NOW);
    Instant opens = BANK.renewalOpens(held.validity());

    assertThat(BANK.decide(List.of(held), opens.minusNanos(1)))
        .isEqualTo(new IssuanceDecision.TooEarly(held.serialNumber(), held.validity(), opens));
    assertThat(BANK.decide(List.of(held), opens)).isInstanceOf(IssuanceDecision.Granted.class);
  }

  @Test
  @Tag("A8")
  void namesTheLatestEndingOfSeveral() {
    Instant renewedAt = BANK.renewalOpens(issued(1, NOW).validity());
    CertificateRecord renewed = issued(2, renewedAt);

    assertThat(BANK.decide(List.of(renewed, issued(1, NOW)), renewedAt))
        .isInstanceOfSatisfying(
            IssuanceDecision.TooEarly.class,
            it -> assertThat(it.current()).isEqualTo(renewed.serialNumber()));
  }

  @Test
  @Tag("A5")
  void grantsAfterExpiry() {
    CertificateRecord held = issued(1, NOW);
    assertThat(BANK.decide(List.of(held), held.validity().end()))
        .isInstanceOf(IssuanceDecision.Granted.class);
  }

  @Test
  @Tag("A6")
  void grantsAfterRevocationButNotWhileHeld() {
    CertificateRecord lost = issued(1, NOW).revoked(revoked(RevocationReason.KEY_COMPROMISE));
    CertificateRecord onHold = issued(2, NOW).revoked(revoked(RevocationReason.CERTIFICATE_HOLD));

    assertThat(BANK.decide(List.of(lost), NOW)).isInstanceOf(IssuanceDecision.Granted.class);
    assertThat(BANK.decide(List.of(lost, onHold), NOW))
        .isInstanceOf(IssuanceDecision.TooEarly.class);
  }

  @Test
  @Tag("A8")
  @DisplayName("A8: a certificate that another server's clock started a moment ahead still counts")
  void countsWhatStartsAMomentAhead() {
    assertThat(BANK.decide(List.of(issued(1, NOW.plusSeconds(400))), NOW))
        .isInstanceOf(IssuanceDecision.TooEarly.class);
  }

  @Test
  @Tag("A8")
  void waitsForOneInProgressUntilItsTimeout() {
    CertificateRecord prepared = prepared(1, NOW);

    assertThat(BANK.decide(List.of(prepared), NOW.plus(Duration.ofMinutes(5)).minusNanos(1)))
        .isEqualTo(new IssuanceDecision.InProgress(prepared.serialNumber()));
    assertThat(BANK.decide(List.of(prepared), NOW.plus(Duration.ofMinutes(5))))
        .isInstanceOf(IssuanceDecision.Granted.class);
    assertThat(BANK.decide(List.of(prepared.abandoned(NOW)), NOW))
        .isInstanceOf(IssuanceDecision.Granted.class);
  }

  @Test
  void foldsEachDecisionToItsOwnBranch() {
    assertThat(BANK.decide(List.of(), NOW).<String>fold(it -> "g", it -> "t", it -> "p"))
        .isEqualTo("g");
    assertThat(
            BANK.decide(List.of(issued(1, NOW)), NOW).<String>fold(it -> "g", it -> "t", it -> "p"))
        .isEqualTo("t");
    assertThat(
            BANK.decide(List.of(prepared(1, NOW)), NOW)
                .<String>fold(it -> "g", it -> "t", it -> "p"))
        .isEqualTo("p");
  }

  @ParameterizedTest
  @CsvSource({"0,0,5,5", "366,366,5,5", "366,-1,5,5", "366,30,-1,5", "366,30,5,0", "366,30,5,-1"})
  void refusesNumbersThatCannotWork(int days, int window, int backdating, int timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new IssuancePolicy(
                    days,
                    window,
                    TOKYO,
                    Duration.ofMinutes(backdating),
                    Duration.ofMinutes(timeout)));
  }

  private static CertificateStatus.Revoked revoked(RevocationReason reason) {
    return new CertificateStatus.Revoked(NOW, reason);
  }

  private static CertificateRecord issued(int serial, Instant at) {
    return prepared(serial, at).issued();
  }

  private static CertificateRecord prepared(int serial, Instant at) {
    CertificateRecord entry =
        CertificateRecord.prepared(
            new SerialNumber(BigInteger.valueOf(serial)),
            CertificateKind.SUBSCRIBER,
            CaName.ISSUING,
            new SubscriberId("u-1"),
            BANK.validityFrom(at),
            at,
            new NodeName("n"));
    assertThat(entry.revocation()).isEqualTo(Optional.empty());
    return entry;
  }
}
