package dev.inkan.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.mail.MailSender;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens by itself: mails are sent, what is over is erased. Of several servers over one
 * database each job runs on one at a time.
 */
public final class Timetable implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
  private static final Duration MAIL_EVERY = Duration.ofSeconds(5);
  private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final MailSender mailSender;
  private final Transactions<RegistrationStores> transactions;
  private final Duration passwordsFor;
  private final Clock clock;
  private final Scheduler scheduler;
  private final AtomicBoolean mailWaits = new AtomicBoolean();
  private final ExecutorService prompt =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "mail-prompt"));

  /**
   * @param passwordsFor how long a sealed password is kept for an application nobody finishes
   */
  public Timetable(
      DataSource database,
      NodeName node,
      MailSender mailSender,
      Transactions<RegistrationStores> transactions,
      Duration passwordsFor,
      Clock clock) {
    this.mailSender = mailSender;
    this.transactions = transactions;
    this.passwordsFor = passwordsFor;
    this.clock = clock;
    List<RecurringTask<Void>> tasks =
        List.of(
            Tasks.recurring("send-mail", FixedDelay.of(MAIL_EVERY))
                .execute((instance, context) -> sendMail()),
            Tasks.recurring("erase-expired", FixedDelay.of(CLEAN_EVERY))
                .execute((instance, context) -> eraseExpired()));
    this.scheduler =
        Scheduler.create(database)
            .startTasks(tasks)
            .threads(2)
            .pollingInterval(POLL)
            .shutdownMaxWait(SHUTDOWN)
            .alwaysPersistTimestampInUTC()
            .schedulerName(node::value)
            .build();
  }

  public void start() {
    scheduler.start();
  }

  /** Sends what waits, soon and in the background. */
  public void wakeMail() {
    if (mailWaits.compareAndSet(false, true)) {
      prompt.execute(
          () -> {
            mailWaits.set(false);
            sendMail();
          });
    }
  }

  private void sendMail() {
    try {
      mailSender.sendDue();
    } catch (RuntimeException e) {
      LOG.error("mails could not be sent; the next try is in {}: {}", MAIL_EVERY, e.getMessage());
    }
  }

  /** Erases ended sessions, and sealed passwords and files whose time is over. */
  void eraseExpired() {
    Instant now = clock.instant();
    int erased =
        transactions.inTransaction(
            stores ->
                stores.sessions().removeExpired(now)
                    + stores.applications().eraseExpired(now, now.minus(passwordsFor)));
    if (erased > 0) {
      LOG.debug("{} ended sessions and sealed secrets erased", erased);
    }
  }

  @Override
  public void close() {
    scheduler.stop();
    prompt.shutdown();
    try {
      if (!prompt.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("a mail is still being sent; it will be sent again if the server did not take it");
        prompt.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
