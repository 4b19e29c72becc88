package dev.inkan.server.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns before one of the installation's own certificates ends: when one of its days has come, and
 * again every day from then on. Safe for use by several threads.
 */
public final class ExpiryWatch implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);
  private static final Duration AGAIN = Duration.ofDays(1);

  private final Supplier<List<OwnCertificate>> certificates;
  private final Clock clock;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(Instant end, int warnings, Instant at) {}

  /**
   * @param certificates as they stand now
   */
  public ExpiryWatch(Supplier<List<OwnCertificate>> certificates, Clock clock) {
    this.certificates = certificates;
    this.clock = clock;
  }

  @Override
  public void run() {
    certificates.get().forEach(this::look);
  }

  private void look(OwnCertificate certificate) {
    Instant now = clock.instant();
    int due = certificate.warningsDue(now);
    if (due == 0) {
      Told unused = told.remove(certificate.name());
      return;
    }
    Told before = told.get(certificate.name());
    boolean isNews =
        before == null
            || !before.end().equals(certificate.end())
            || before.warnings() < due
            || !now.isBefore(before.at().plus(AGAIN));
    if (isNews) {
      told.put(certificate.name(), new Told(certificate.end(), due, now));
      LOG.warn("{}", sentence(certificate, now));
    }
  }

  /** What is to be told of it, and what mends it. */
  public static String sentence(OwnCertificate certificate, Instant now) {
    String when =
        certificate.left(now).isNegative()
            ? "ended at " + certificate.end()
            : String.format(
                Locale.ROOT,
                "ends at %s, in %.0f days",
                certificate.end(),
                Math.floor(certificate.daysLeft(now)));
    return "the " + certificate.name() + " certificate " + when + ": " + certificate.mend();
  }
}
