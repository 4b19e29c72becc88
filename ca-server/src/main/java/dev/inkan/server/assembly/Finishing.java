package dev.inkan.server.assembly;

import dev.inkan.core.authority.UnfinishedWork;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends, within a second of the database's return, what its absence left half done. */
final class Finishing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UnfinishedWork work;
  private final AtomicBoolean troubled = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread finishing = new Thread(task, "unfinished-work");
            finishing.setDaemon(true);
            return finishing;
          });

  private Finishing(UnfinishedWork work) {
    this.work = work;
  }

  static Finishing start(UnfinishedWork work) {
    Finishing finishing = new Finishing(work);
    ScheduledFuture<?> unused =
        finishing.thread.scheduleWithFixedDelay(
            finishing::run, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return finishing;
  }

  private void run() {
    if (work.size() == 0) {
      return;
    }
    try {
      int ended = work.finish();
      troubled.set(false);
      LOG.warn("{} issues and revocations are ended that the database's absence cut off", ended);
    } catch (RuntimeException e) {
      if (!troubled.getAndSet(true)) {
        LOG.warn("{} issues and revocations wait for their end: {}", work.size(), e.getMessage());
      }
    }
  }

  /** What is left the next start finds in the journal. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
