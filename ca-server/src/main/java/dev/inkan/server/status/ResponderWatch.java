package dev.inkan.server.status;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.key.AuthorityKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a responder's key at hand: takes up what anybody puts into the file, and has the next one
 * made at half the life of the certificate. Not a job of the timetable, because every server has a
 * file of its own or at least must read it. Safe for use by several threads.
 */
public final class ResponderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResponderWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NONE_YET = "none yet";

  private final AuthorityKey place;
  private final Path lockFile;
  private final Der issuer;
  private final ResponderKeys keys;
  private final Runnable renewal;
  private final Clock clock;
  private final AtomicReference<String> seen = new AtomicReference<>(NONE_YET);
  private final AtomicReference<String> told = new AtomicReference<>("");
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watch = new Thread(task, "responder-watch");
            watch.setDaemon(true);
            return watch;
          });

  /**
   * @param lockFile held by whoever renews, among servers that share the key
   * @param issuer the issuing CA's certificate: a key that another CA delegated to is replaced
   * @param renewal puts a new key into the file
   */
  public ResponderWatch(
      AuthorityKey place,
      Path lockFile,
      Der issuer,
      ResponderKeys keys,
      Runnable renewal,
      Clock clock) {
    this.place = place;
    this.lockFile = lockFile;
    this.issuer = issuer;
    this.keys = keys;
    this.renewal = renewal;
    this.clock = clock;
  }

  /** Has a key at hand when it returns, unless what is wrong was logged; then watches. */
  public void start() {
    check();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::check, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes up a new file, and renews what is due. What fails is logged and tried again. */
  public synchronized void check() {
    try {
      takeUp();
      if (isDue()) {
        renewAlone();
        takeUp();
      }
      told.set("");
    } catch (RuntimeException e) {
      tell("status: the responder's certificate cannot be renewed: " + e.getMessage());
    }
  }

  private void takeUp() {
    String version = place.version();
    if (version.isEmpty() || version.equals(seen.get())) {
      return;
    }
    seen.set(version);
    try {
      Credential credential = place.open();
      if (!credential.chain().contains(issuer)) {
        tell("status: " + place.place() + " is of another CA and will be replaced");
        return;
      }
      keys.use(new OcspResponder(credential));
    } catch (KeyUnavailableException | IllegalArgumentException e) {
      tell("status: " + place.place() + " cannot be used: " + e.getMessage());
    }
  }

  private boolean isDue() {
    Optional<OcspResponder> current = keys.current();
    if (current.isEmpty()) {
      return true;
    }
    Validity validity = current.get().validity();
    Instant now = clock.instant();
    Duration half = Duration.between(validity.notBefore(), validity.end()).dividedBy(2);
    return now.isBefore(validity.notBefore()) || !now.isBefore(validity.notBefore().plus(half));
  }

  /** Unless another server that shares the file is at it. */
  private void renewAlone() {
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return;
      }
      takeUp(); // another may have renewed it a moment ago
      if (isDue()) {
        renewal.run();
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("status: another server in this process renews the responder's certificate");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String what) {
    if (!what.equals(told.getAndSet(what))) {
      LOG.warn("{}", what);
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
