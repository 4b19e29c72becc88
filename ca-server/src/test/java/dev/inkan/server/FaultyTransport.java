package dev.inkan.server;

import dev.inkan.server.mail.HandOver;
import dev.inkan.server.mail.MailText;
import dev.inkan.server.mail.MailTransport;
import dev.inkan.server.mail.QueuedMail;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server that refuses, puts off, drops the line after it took a mail, and is away for whole
 * days. Its moods come from the seed, the mail's number and the attempt alone, so that they are the
 * same whichever thread comes first.
 */
final class FaultyTransport implements MailTransport {

  private static final Pattern CODE = Pattern.compile("認証コード\\D{0,9}(\\d{6})");
  private static final LocalDate LONG_OUTAGE = LocalDate.parse("2028-01-10");
  private static final int LONG_OUTAGE_DAYS = 4;

  private final long seed;
  private final Clock clock;
  private final ZoneId zone;
  private final Map<Long, Integer> attempts = new ConcurrentHashMap<>();
  private final Map<Long, Integer> accepted = new ConcurrentHashMap<>();
  private final Set<Long> takenAndDropped = ConcurrentHashMap.newKeySet();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> codes = new ConcurrentHashMap<>();

  FaultyTransport(long seed, Clock clock, ZoneId zone) {
    this.seed = seed;
    this.clock = clock;
    this.zone = zone;
  }

  /** The code that stood in mail {@code number}, once it arrived. */
  Optional<String> code(long number) {
    return Optional.ofNullable(codes.get(number));
  }

  /** How often the server took the mail and said so. */
  int accepted(long number) {
    return accepted.getOrDefault(number, 0);
  }

  boolean wasRefused(long number) {
    return refused.contains(number);
  }

  @Override
  public String toString() {
    return accepted.size()
        + " mails accepted, "
        + refused.size()
        + " refused, "
        + takenAndDropped.size()
        + " taken without a word";
  }

  @Override
  public Connection connect() throws MessagingException {
    if (isAway()) {
      throw new MessagingException("the server is away");
    }
    return new Connection() {
      @Override
      public HandOver submit(QueuedMail mail, MailText text) {
        return answer(mail.number().value(), text);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  private boolean isAway() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    boolean longOutage =
        !today.isBefore(LONG_OUTAGE) && today.isBefore(LONG_OUTAGE.plusDays(LONG_OUTAGE_DAYS));
    return longOutage || mood(today.toEpochDay(), 0) < 20;
  }

  private HandOver answer(long number, MailText text) {
    int attempt = attempts.merge(number, 1, Integer::sum);
    int mood = mood(number, attempt);
    if (mood < 10) {
      refused.add(number);
      return new HandOver.Refused(550, "no such mailbox");
    } else if (mood < 60) {
      return new HandOver.Deferred(451, "try later", true);
    }
    Matcher code = CODE.matcher(text.body());
    if (code.find()) {
      codes.put(number, Objects.requireNonNull(code.group(1)));
    }
    if (mood < 80) {
      takenAndDropped.add(number);
      return new HandOver.Deferred(0, "the line broke after DATA", true);
    }
    accepted.merge(number, 1, Integer::sum);
    return new HandOver.Accepted();
  }

  /** 0-999. */
  private int mood(long what, int attempt) {
    return new Random(seed ^ (what * 1_000_003L + attempt) * 0x9E3779B97F4A7C15L).nextInt(1000);
  }
}
