package dev.inkan.core.policy;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a subscriber may be issued a certificate, and for how long, by the bank's calendar. Pure: it
 * reads no clock, no table and no file.
 *
 * @param validityDays how many calendar days a certificate is valid, the day of issue included
 * @param renewalWindowDays how many calendar days before the last valid day renewal opens
 * @param zone the bank's time zone, in which days begin and end
 * @param backdating how far the start of validity lies before the issue, against clocks that run
 *     behind; the start never falls on the day before
 * @param preparationTimeout how long an issue may take before its entry counts as left behind
 */
public record IssuancePolicy(
    int validityDays,
    int renewalWindowDays,
    ZoneId zone,
    Duration backdating,
    Duration preparationTimeout) {

  private static final int BANK_VALIDITY_DAYS = 366;
  private static final int BANK_RENEWAL_WINDOW_DAYS = 30;
  private static final Duration BANK_BACKDATING = Duration.ofMinutes(5);
  private static final Duration BANK_PREPARATION_TIMEOUT = Duration.ofMinutes(5);

  public IssuancePolicy {
    if (validityDays < 1) {
      throw new IllegalArgumentException("validityDays must be positive: " + validityDays);
    }
    if (renewalWindowDays < 0 || renewalWindowDays >= validityDays) {
      throw new IllegalArgumentException(
          "renewalWindowDays must be 0-" + (validityDays - 1) + ": " + renewalWindowDays);
    }
    if (backdating.isNegative()) {
      throw new IllegalArgumentException("backdating must not be negative: " + backdating);
    }
    if (preparationTimeout.isNegative() || preparationTimeout.isZero()) {
      throw new IllegalArgumentException(
          "preparationTimeout must be positive: " + preparationTimeout);
    }
  }

  /** The bank's numbers: 366 days, renewal 30 days before the last one. */
  public static IssuancePolicy bank(ZoneId zone) {
    return new IssuancePolicy(
        BANK_VALIDITY_DAYS,
        BANK_RENEWAL_WINDOW_DAYS,
        zone,
        BANK_BACKDATING,
        BANK_PREPARATION_TIMEOUT);
  }

  /** What a day is, to this policy and to all that is told of it. */
  public BankCalendar calendar() {
    return new BankCalendar(zone);
  }

  /** The validity of a certificate issued at {@code now}. */
  public Validity validityFrom(Instant now) {
    BankCalendar calendar = calendar();
    LocalDate today = calendar.dayOf(now);
    Instant backdated = now.minus(backdating);
    Instant dayStart = calendar.startOf(today);
    return new Validity(
        backdated.isBefore(dayStart) ? dayStart : backdated,
        calendar.lastSecondOf(lastDayFrom(today)));
  }

  /** The first instant at which a certificate of this validity may be renewed. */
  public Instant renewalOpens(Validity validity) {
    BankCalendar calendar = calendar();
    return calendar.startOf(calendar.lastDayOf(validity).minusDays(renewalWindowDays));
  }

  /**
   * Decides whether a subscriber with these entries may be issued one more at {@code now}.
   *
   * <p>A certificate on hold may come back, so it takes its place like a valid one.
   */
  public IssuanceDecision decide(List<CertificateRecord> ofSubscriber, Instant now) {
    Optional<CertificateRecord> inTheWay =
        ofSubscriber.stream()
            .filter(entry -> occupies(entry, now))
            .filter(entry -> now.isBefore(renewalOpens(entry.validity())))
            .max(Comparator.comparing(entry -> entry.validity().notAfter()));
    if (inTheWay.isPresent()) {
      CertificateRecord current = inTheWay.get();
      return new IssuanceDecision.TooEarly(
          current.serialNumber(), current.validity(), renewalOpens(current.validity()));
    }
    return ofSubscriber.stream()
        .filter(entry -> entry.state() == LedgerState.PREPARED && !isLeftBehind(entry, now))
        .findFirst()
        .<IssuanceDecision>map(entry -> new IssuanceDecision.InProgress(entry.serialNumber()))
        .orElseGet(() -> new IssuanceDecision.Granted(validityFrom(now)));
  }

  /** Whether the entry is still prepared although its issue must have ended long ago. */
  public boolean isLeftBehind(CertificateRecord entry, Instant now) {
    return entry.state() == LedgerState.PREPARED
        && !now.isBefore(entry.preparedAt().plus(preparationTimeout));
  }

  private static boolean occupies(CertificateRecord entry, Instant now) {
    boolean usableOrHeld =
        entry
            .revocation()
            .map(revocation -> revocation.reason() == RevocationReason.CERTIFICATE_HOLD)
            .orElse(true);
    // Not validity().contains(now): another server's clock may be a few seconds ahead of ours.
    return entry.state() == LedgerState.ISSUED
        && usableOrHeld
        && now.isBefore(entry.validity().end());
  }

  private LocalDate lastDayFrom(LocalDate today) {
    return today.plusDays(validityDays - 1L);
  }
}
