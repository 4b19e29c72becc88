package dev.inkan.server.assembly;

import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.CommitsWaiting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While commits wait for a standby that is away, has everybody told so at once: else one after the
 * other would wait as long as the first. The commits that PostgreSQL still holds back are what
 * shows that it is so, and their end that it is over.
 */
final class StandbyWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandbyWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Storage storage;
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watch = new Thread(task, "standby-watch");
            watch.setDaemon(true);
            return watch;
          });

  private StandbyWatch(Storage storage) {
    this.storage = storage;
  }

  static StandbyWatch start(Storage storage) {
    StandbyWatch watch = new StandbyWatch(storage);
    ScheduledFuture<?> unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    if (!refusing.get() && storage.database().level().active() == 0) {
      return;
    }
    try {
      tell(CommitsWaiting.in(storage.reading()).fault());
    } catch (StoreUnavailableException e) {
      // The database is gone altogether, which everybody finds out for themselves.
      tell(Optional.empty());
    }
  }

  private void tell(Optional<String> fault) {
    storage.database().refuse(fault);
    boolean before = refusing.getAndSet(fault.isPresent());
    if (fault.isPresent() && !before) {
      LOG.error("nothing is issued or revoked: {}", fault.get());
    } else if (fault.isEmpty() && before) {
      LOG.info("commits wait for no standby any more");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    storage.database().refuse(Optional.empty());
  }
}
