package dev.inkan.server.status;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ClockPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index up to date: five times a second by what any server committed, and at once by what
 * this one did. Safe for use by several threads.
 */
public final class StatusFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusFollower.class);
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final StatusFeed feed;
  private final StatusIndex index;
  private final LedgerHistory history;
  private final Clock clock;
  private final ClockPolicy clocks;
  private final ReentrantLock reading = new ReentrantLock(true);
  private final AtomicLong position = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicBoolean troubled = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread follower = new Thread(task, "status-follower");
            follower.setDaemon(true);
            return follower;
          });

  /**
   * @param history is told how far the ledger has come, and if it went back
   * @param clocks how far this process's clock may be off the database's
   */
  public StatusFollower(
      StatusFeed feed, StatusIndex index, LedgerHistory history, Clock clock, ClockPolicy clocks) {
    this.feed = feed;
    this.index = index;
    this.history = history;
    this.clock = clock;
    this.clocks = clocks;
  }

  /**
   * Reads the whole ledger, then follows it in the background.
   *
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be read
   */
  public void start() {
    begin(feed.readAll(index::apply));
    follow();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::follow, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads what is new. What fails is told, and tried again by the next call. */
  public void follow() {
    reading.lock();
    try {
      read();
    } catch (RuntimeException e) {
      index.fellBehind();
      if (troubled.compareAndSet(false, true)) {
        LOG.warn(
            "status: the ledger cannot be read ({}); answers go on from memory until they end",
            e.getMessage());
      }
    } finally {
      reading.unlock();
    }
  }

  /**
   * To be called after a transaction of this server committed: once this returns nobody is told
   * what {@code changed} was before. Never fails: what cannot be read at once is not answered until
   * it can.
   */
  public void changed(Set<SerialNumber> changed) {
    index.doubt(changed);
    long before = begun.get(); // a reading that begins after this sees the commit, and the doubt
    boolean turn = false;
    try {
      turn = reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (turn && ended.get() <= before) {
        read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("status: a change could not be read at once ({})", e.getMessage());
    } finally {
      if (turn) {
        reading.unlock();
      }
    }
  }

  private void begin(LedgerPoint point) {
    position.set(point.change());
    history.saw(point);
  }

  private void read() {
    if (index.isDistrusted()) {
      begin(readAnew());
    }
    try {
      readOn();
    } catch (LedgerReplacedException e) {
      index.distrust();
      history.replaced(e);
      LOG.error(
          "status: {}. What was known as revoked stays so; no CRL is signed or published here any"
              + " more. Restart every server on this database: each puts back what its journal"
              + " knows",
          e.getMessage());
      begin(readAnew());
      readOn();
    }
  }

  /** Takes the ledger as it is now, as a start does, and what is known to be worse. */
  private LedgerPoint readAnew() {
    StatusTables tables = new StatusTables();
    LedgerPoint point =
        feed.readAll(
            change ->
                tables.put(
                    change.issuer(), change.serialNumber(), PackedStatus.pack(change.status())));
    index.unite(tables);
    return point;
  }

  private void readOn() {
    Set<SerialNumber> doubtful = index.doubtful();
    long number = begun.incrementAndGet();
    Instant now = clock.instant();
    StatusFeed.Changes changes;
    do {
      changes = feed.changesAfter(position.get(), history.last().orElse(LedgerPoint.START));
      changes.changes().forEach(index::apply);
      position.set(changes.position());
      history.saw(changes.end());
    } while (!changes.complete());
    ended.set(number);
    if (clocks.isSuspicious(now, changes.databaseTime())
        || clocks.steppedBack(index.knowledge().asOf(), now)) {
      index.fellBehind();
      tellWrongClock(now, changes.databaseTime());
      return;
    }
    index.caughtUp(now, doubtful);
    if (troubled.getAndSet(false)) {
      LOG.info("status: the ledger is followed again");
    }
  }

  private void tellWrongClock(Instant now, Instant databaseTime) {
    if (troubled.compareAndSet(false, true)) {
      LOG.error(
          "status: the clock says {}, the database's {}, and {} was seen already: nothing is signed"
              + " until that is put right",
          now,
          databaseTime,
          index.knowledge().asOf());
    }
  }

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
