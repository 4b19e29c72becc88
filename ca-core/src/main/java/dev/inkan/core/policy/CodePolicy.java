package dev.inkan.core.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * What a mailed code looks like, how long it holds and how often it may be guessed and asked for.
 *
 * @param digits how many decimal digits a code has
 * @param lifetime how long a code holds from when it was first sent
 * @param tries the wrong try that voids a code
 * @param resendAfter how long a subscriber waits before the same code is sent again
 * @param perDay how many codes a subscriber gets a day
 * @param voidCodesUntilLocked how many void codes in a row lock as wrong passwords do
 */
public record CodePolicy(
    int digits,
    Duration lifetime,
    int tries,
    Duration resendAfter,
    int perDay,
    int voidCodesUntilLocked) {

  private static final int MAXIMUM_DIGITS = 9;

  /** Six digits, half an hour, five tries, a minute between mails, five a day, three void lock. */
  public static final CodePolicy BANK =
      new CodePolicy(6, Duration.ofMinutes(30), 5, Duration.ofSeconds(60), 5, 3);

  public CodePolicy {
    if (digits < 1 || digits > MAXIMUM_DIGITS) {
      throw new IllegalArgumentException("digits must be 1-" + MAXIMUM_DIGITS + ": " + digits);
    }
    if (tries < 1 || perDay < 1 || voidCodesUntilLocked < 1) {
      throw new IllegalArgumentException("tries, perDay and voidCodesUntilLocked must be positive");
    }
    if (lifetime.isNegative() || lifetime.isZero() || resendAfter.isNegative()) {
      throw new IllegalArgumentException(
          "lifetime must be positive and resendAfter not negative: "
              + lifetime
              + ", "
              + resendAfter);
    }
  }

  /** Whether {@code entered} has the form of a code. What has not costs no try. */
  public boolean isWellFormed(String entered) {
    return entered.length() == digits && entered.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The first instant at which a code first sent at {@code sentAt} no longer holds. */
  public Instant expires(Instant sentAt) {
    return sentAt.plus(lifetime);
  }

  /** Whether a code first sent at {@code sentAt} has expired at {@code now}. */
  public boolean isExpired(Instant sentAt, Instant now) {
    return !now.isBefore(expires(sentAt));
  }

  /** Whether a code is void after so many wrong tries. */
  public boolean isVoid(int wrongTries) {
    return wrongTries >= tries;
  }

  /** Whether the code may be sent again at {@code now}. */
  public boolean mayResend(Instant lastSentAt, Instant now) {
    return !now.isBefore(lastSentAt.plus(resendAfter));
  }

  /** Whether another code may be made after so many on the same day. */
  public boolean mayMakeAnother(int madeToday) {
    return madeToday < perDay;
  }

  /** Whether so many void codes in a row lock the account. */
  public boolean locks(int voidCodesInARow) {
    return voidCodesInARow >= voidCodesUntilLocked;
  }
}
