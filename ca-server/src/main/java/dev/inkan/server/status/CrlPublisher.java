package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.crl.CrlDamagedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has CRLs signed when they are due, and publishes the newest that any server signed: looks five
 * times a second, so that a revocation is on every server's CRL within one. What fails is told, and
 * tried again; what was published last stays. Safe for use by several threads.
 */
public final class CrlPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CrlPublisher.class);
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<CaName> cas;
  private final Optional<CrlSigning> signing;
  private final CrlStore store;
  private final CrlFolder folder;
  private final Trouble signingFails;
  private final Trouble publishingFails;
  private final AtomicBoolean signAtOnce = new AtomicBoolean();
  private final Map<CaName, Trouble> growingOld = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread publisher = new Thread(task, "crl-publisher");
            publisher.setDaemon(true);
            return publisher;
          });

  /**
   * @param cas whose CRLs are published
   * @param signing of the issuing CA, on a server that has its key
   */
  public CrlPublisher(
      List<CaName> cas, Optional<CrlSigning> signing, CrlStore store, CrlFolder folder) {
    this(cas, signing, store, folder, AFTER_FAILURE);
  }

  /** As above, with another pause after a failure than five seconds. */
  public CrlPublisher(
      List<CaName> cas,
      Optional<CrlSigning> signing,
      CrlStore store,
      CrlFolder folder,
      Duration afterFailure) {
    this.cas = List.copyOf(cas);
    this.signing = signing;
    this.store = store;
    this.folder = folder;
    this.signingFails = new Trouble("no new CRL could be signed", afterFailure);
    this.publishingFails = new Trouble("no new CRL could be published", afterFailure);
  }

  /** The first CRL is signed as on schedule, due or not. */
  public void renewAtStart() {
    signAtOnce.set(true);
  }

  /** Publishes what there is, then goes on in the background. */
  public void start() {
    run();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::run, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Has a CRL signed as on schedule, and publishes it here; other servers follow.
   *
   * @return its number; empty if another server signed one at the same moment, or none signs here
   */
  public synchronized Optional<CrlNumber> publishNow() {
    Optional<CrlNumber> number = signing.flatMap(CrlSigning::signNow);
    publish();
    return number;
  }

  /** Once: what is due is signed, what is new is published. Never fails. */
  public synchronized void run() {
    signing.ifPresent(
        it ->
            signingFails.attempt(
                () -> {
                  boolean signed = signAtOnce.get() ? it.signNow().isPresent() : it.signIfDue();
                  if (signed) {
                    signAtOnce.set(false);
                  }
                }));
    publishingFails.attempt(this::publish);
  }

  private void publish() {
    for (CaName ca : cas) {
      CrlStore.Standing standing = store.look(ca);
      standing.newest().filter(this::isNewer).ifPresent(this::publish);
      standing.newest().ifPresent(it -> watch(it, standing.databaseTime()));
    }
  }

  private boolean isNewer(SignedCrl crl) {
    return folder.number(crl.ca()).map(it -> crl.number().isAfter(it)).orElse(true);
  }

  private void publish(SignedCrl crl) {
    try {
      boolean done =
          folder.publish(crl, (kind, out) -> store.read(crl.ca(), crl.number(), kind, out));
      if (done) {
        LOG.info(
            "CRL {} of {} published, valid until {}", crl.number(), crl.ca(), crl.nextUpdate());
      }
    } catch (CrlDamagedException | IOException e) {
      throw new IllegalStateException(
          "CRL " + crl.number() + " of " + crl.ca() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Past half of its life a CRL should long have had a successor: gateways refuse all at its end.
   */
  private void watch(SignedCrl newest, Instant now) {
    Duration life = Duration.between(newest.signedAt(), newest.nextUpdate());
    if (now.isAfter(newest.signedAt().plus(life.dividedBy(2)))) {
      tellOld(newest);
    }
  }

  private void tellOld(SignedCrl newest) {
    Trouble old =
        growingOld.computeIfAbsent(newest.ca(), ca -> new Trouble("growing old", Duration.ZERO));
    if (old.isToBeTold()) {
      LOG.warn(
          "CRL {} of {} ends at {} and has no successor yet{}",
          newest.number(),
          newest.ca(),
          newest.nextUpdate(),
          newest.ca().equals(CaName.ROOT) ? ": the command 'root-crl' makes it" : "");
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
