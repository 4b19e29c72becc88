package dev.inkan.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.inkan.core.certificate.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens by itself: mails are sent, notices are given, what is over is erased. Of several
 * servers over one database each job runs on one at a time.
 */
public final class Timetable implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
  private static final Duration POLL = Duration.ofSeconds(2);

  /**
   * A job whose server has been silent for {@link #MISSED_UNTIL_DEAD} of these is taken for dead,
   * and runs elsewhere: a backlog of mails waits no longer. Should it be alive after all the job
   * runs twice, which each of them stands: the queue gives every mail to one, the others' work is
   * the same done twice.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private static final int MISSED_UNTIL_DEAD = 6;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final Job mail;
  private final Scheduler scheduler;
  private final AtomicBoolean mailWaits = new AtomicBoolean();
  private final ExecutorService prompt =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "mail-prompt"));

  /**
   * @param mail the job that {@link #wakeMail} runs out of turn
   */
  public Timetable(DataSource database, NodeName node, Job mail, List<Job> others) {
    this(database, node, mail, others, HEARTBEAT);
  }

  Timetable(DataSource database, NodeName node, Job mail, List<Job> others, Duration heartbeat) {
    this.mail = mail;
    this.scheduler =
        Scheduler.create(database)
            .startTasks(
                Stream.concat(Stream.of(mail), others.stream()).map(Timetable::task).toList())
            .threads(2)
            .pollingInterval(POLL)
            .heartbeatInterval(heartbeat)
            .missedHeartbeatsLimit(MISSED_UNTIL_DEAD)
            .shutdownMaxWait(SHUTDOWN)
            .alwaysPersistTimestampInUTC()
            .schedulerName(node::value)
            .build();
  }

  private static RecurringTask<Void> task(Job job) {
    return Tasks.recurring(job.name(), FixedDelay.of(job.every()))
        .execute((instance, context) -> run(job));
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
            run(mail);
          });
    }
  }

  private static void run(Job job) {
    try {
      job.work().run();
    } catch (RuntimeException e) {
      LOG.error("{} failed; the next try is in {}: {}", job.name(), job.every(), e.getMessage());
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
