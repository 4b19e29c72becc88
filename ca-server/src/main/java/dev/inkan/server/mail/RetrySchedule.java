package dev.inkan.server.mail;

import dev.inkan.server.config.MailConfig;
import java.time.Duration;

/**
 * How long a mail that could not be handed over waits.
 *
 * @param first after the first failure; doubled after each further one
 * @param last the longest wait
 * @param giveUpAfter the age at which it is given up
 */
public record RetrySchedule(Duration first, Duration last, Duration giveUpAfter) {

  private static final int MOST_DOUBLINGS = 30;

  public static RetrySchedule of(MailConfig mail) {
    return new RetrySchedule(mail.retry().first(), mail.retry().last(), mail.giveUpAfter());
  }

  /** The wait after a failure that {@code before} failures preceded. */
  Duration waitAfter(int before) {
    Duration doubled = first.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return doubled.compareTo(last) > 0 ? last : doubled;
  }
}
