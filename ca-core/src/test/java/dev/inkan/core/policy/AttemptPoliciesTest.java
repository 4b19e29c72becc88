package dev.inkan.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.policy.LockoutPolicy.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lock-out, code and clock: the rules about trying and waiting. */
class AttemptPoliciesTest {

  private static final LockoutPolicy LOCKOUT = LockoutPolicy.BANK;
  private static final CodePolicy CODE = CodePolicy.BANK;
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  @Test
  @Tag("B7")
  @DisplayName("B7: the sixth wrong password in a row locks for 60 minutes")
  void locksAtTheSixth() {
    Attempts five = fail(Attempts.NONE, 5, NOW);
    assertThat(five).isEqualTo(new Attempts(5, 0, Optional.empty(), false));
    assertThat(five.isLockedAt(NOW)).isFalse();

    Attempts six = fail(five, 1, NOW);
    Instant end = NOW.plus(Duration.ofMinutes(60));
    assertThat(six).isEqualTo(new Attempts(0, 1, Optional.of(end), false));
    assertThat(six.isLockedAt(NOW)).isTrue();
    assertThat(six.isLockedAt(end.minusNanos(1))).isTrue();
    assertThat(six.isLockedAt(end)).isFalse();
  }

  @Test
  @Tag("B7")
  void countsNothingWhileLocked() {
    Attempts locked = fail(Attempts.NONE, 6, NOW);
    assertThat(fail(locked, 100, NOW.plusSeconds(1))).isEqualTo(locked);
    assertThat(LOCKOUT.afterSuccess(locked, NOW)).isEqualTo(locked);
  }

  @Test
  @Tag("B8")
  @DisplayName("B8: the third lock blocks until somebody unblocks")
  void blocksAtTheThirdLock() {
    Attempts once = fail(Attempts.NONE, 6, NOW);
    Attempts twice = fail(once, 6, NOW.plus(Duration.ofHours(1)));
    assertThat(twice.blocked()).isFalse();

    Attempts thrice = fail(twice, 6, NOW.plus(Duration.ofHours(2)));
    Instant last = NOW.plus(Duration.ofHours(3));
    assertThat(thrice).isEqualTo(new Attempts(0, 3, Optional.of(last), true));
    assertThat(fail(thrice, 6, NOW.plus(Duration.ofDays(99)))).isEqualTo(thrice);
    assertThat(LOCKOUT.afterSuccess(thrice, NOW.plus(Duration.ofDays(99)))).isEqualTo(thrice);
  }

  @Test
  void successClearsFailuresAndLocks() {
    Attempts onceLocked = fail(fail(Attempts.NONE, 6, NOW), 3, NOW.plus(Duration.ofHours(1)));
    assertThat(onceLocked.failures()).isEqualTo(3);
    assertThat(LOCKOUT.afterSuccess(onceLocked, NOW.plus(Duration.ofHours(1))))
        .isEqualTo(Attempts.NONE);
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @DisplayName(
      "B7, B8: three void codes lock as six wrong passwords do, and three such locks block")
  void voidCodesLock() {
    Attempts two = voidCodes(fail(Attempts.NONE, 5, NOW), 2, NOW);
    assertThat(two).isEqualTo(new Attempts(5, 0, Optional.empty(), false, new Codes(2, 0)));

    Instant end = NOW.plus(Duration.ofMinutes(60));
    Attempts three = voidCodes(two, 1, NOW);
    assertThat(three).isEqualTo(new Attempts(0, 1, Optional.of(end), false, new Codes(0, 1)));
    assertThat(voidCodes(three, 9, end.minusNanos(1))).as("nothing counts").isEqualTo(three);

    Attempts twice = voidCodes(LOCKOUT.afterSuccess(three, end), 3, end);
    assertThat(twice.locks()).as("a right password keeps the locks by codes").isEqualTo(2);
    Instant later = end.plus(Duration.ofHours(1));
    assertThat(voidCodes(LOCKOUT.afterSuccess(twice, later), 3, later).blocked()).isTrue();
  }

  @Test
  void aRightCodeClearsWhatCodesCountedAndNoMore() {
    Attempts locked = voidCodes(Attempts.NONE, 3, NOW);
    Attempts open =
        fail(voidCodes(locked, 2, NOW.plus(Duration.ofHours(1))), 2, NOW.plusSeconds(3600));
    assertThat(open.codes()).isEqualTo(new Codes(2, 1));

    assertThat(open.withoutCodes())
        .isEqualTo(new Attempts(2, 0, open.lockedUntil(), false, Codes.NONE));
  }

  @Test
  void refusesLockoutsThatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LockoutPolicy(0, Duration.ofMinutes(1), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LockoutPolicy(1, Duration.ofMinutes(1), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LockoutPolicy(1, Duration.ZERO, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attempts(-1, 0, Optional.empty(), false));
    assertThatIllegalArgumentException().isThrownBy(() -> new Codes(-1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attempts(0, 0, Optional.empty(), false, new Codes(0, 1)));
  }

  @ParameterizedTest
  @Tag("B12")
  @ValueSource(strings = {"000000", "123456", "999999"})
  void acceptsSixDigits(String code) {
    assertThat(CODE.isWellFormed(code)).isTrue();
  }

  @ParameterizedTest
  @Tag("B12")
  @ValueSource(
      strings = {"", "12345", "1234567", "１２３４５６", "12345a", " 12345", "12345\n", "١٢٣٤٥٦"})
  void refusesWhatIsNoCode(String code) {
    assertThat(CODE.isWellFormed(code)).isFalse();
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a code holds 30 minutes, five tries, and is resent after a minute")
  void codesEnd() {
    Instant end = NOW.plus(Duration.ofMinutes(30));
    assertThat(CODE.expires(NOW)).isEqualTo(end);
    assertThat(CODE.isExpired(NOW, end.minusNanos(1))).isFalse();
    assertThat(CODE.isExpired(NOW, end)).isTrue();
    assertThat(CODE.isVoid(4)).isFalse();
    assertThat(CODE.isVoid(5)).isTrue();
    assertThat(CODE.mayResend(NOW, NOW.plusSeconds(60).minusNanos(1))).isFalse();
    assertThat(CODE.mayResend(NOW, NOW.plusSeconds(60))).isTrue();
    assertThat(CODE.mayMakeAnother(4)).isTrue();
    assertThat(CODE.mayMakeAnother(5)).isFalse();
    assertThat(CODE.locks(2)).isFalse();
    assertThat(CODE.locks(3)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0,30,5,60,5,3",
    "10,30,5,60,5,3",
    "6,0,5,60,5,3",
    "6,30,0,60,5,3",
    "6,30,5,-1,5,3",
    "6,30,5,60,0,3",
    "6,30,5,60,5,0"
  })
  void refusesCodesThatCannotWork(
      int digits, int minutes, int tries, int resend, int perDay, int voids) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CodePolicy(
                    digits,
                    Duration.ofMinutes(minutes),
                    tries,
                    Duration.ofSeconds(resend),
                    perDay,
                    voids));
  }

  @ParameterizedTest(name = "S12: clocks {0} s apart: suspicious {1}")
  @CsvSource({"0,false", "60,false", "-60,false", "61,true", "-61,true"})
  void doubtsClocksFurtherApartThanAMinute(long apart, boolean suspicious) {
    assertThat(ClockPolicy.BANK.isSuspicious(NOW, NOW.plusSeconds(apart))).isEqualTo(suspicious);
  }

  @ParameterizedTest(name = "S12: a step of {0} s: backward {1}")
  @CsvSource({"3600,false", "0,false", "-60,false", "-61,true"})
  void doubtsAClockThatStepsBack(long step, boolean back) {
    assertThat(ClockPolicy.BANK.steppedBack(NOW, NOW.plusSeconds(step))).isEqualTo(back);
  }

  @Test
  void refusesANegativeTolerance() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClockPolicy(Duration.ofSeconds(-1)));
  }

  private static Attempts voidCodes(Attempts before, int times, Instant now) {
    Attempts attempts = before;
    for (int i = 0; i < times; i++) {
      attempts = LOCKOUT.afterVoidCode(attempts, now, CODE);
    }
    return attempts;
  }

  private static Attempts fail(Attempts before, int times, Instant now) {
    Attempts attempts = before;
    for (int i = 0; i < times; i++) {
      attempts = LOCKOUT.afterFailure(attempts, now);
    }
    return attempts;
  }
}
