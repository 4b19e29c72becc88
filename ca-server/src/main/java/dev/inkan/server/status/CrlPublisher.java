package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.crl.CrlDamagedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
  private final List<CrlSigning> signings;
  private final CrlStore store;
  private final CrlFolder folder;
  private final LedgerHistory history;
  private final Duration afterFailure;
  private final Map<CaName, Trouble> signingFails = new ConcurrentHashMap<>();
  private final Map<CaName, Trouble> publishingFails = new ConcurrentHashMap<>();
  private final Set<CaName> signAtOnce = ConcurrentHashMap.newKeySet();
  private final Map<CaName, Trouble> growingOld = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread publisher = new Thread(task, "crl-publisher");
            publisher.setDaemon(true);
            return publisher;
          });

  /**
   * @param cas whose CRLs are published; the root last, so that a new folder is never without one
   * @param signings of the issuing CAs, on a server that has their keys
   * @param history of the ledger, which must be one since the start
   */
  public CrlPublisher(
      List<CaName> cas,
      List<CrlSigning> signings,
      CrlStore store,
      CrlFolder folder,
      LedgerHistory history) {
    this(cas, signings, store, folder, history, AFTER_FAILURE);
  }

  /** As above, with another pause after a failure than five seconds. */
  public CrlPublisher(
      List<CaName> cas,
      List<CrlSigning> signings,
      CrlStore store,
      CrlFolder folder,
      LedgerHistory history,
      Duration afterFailure) {
    this.cas = List.copyOf(cas);
    this.signings = List.copyOf(signings);
    this.store = store;
    this.folder = folder;
    this.history = history;
    this.afterFailure = afterFailure;
  }

  /** The first CRL of this CA is signed as on schedule, due or not. */
  public void renewAtStart(CaName ca) {
    signAtOnce.add(ca);
  }

  /** Publishes what there is, then goes on in the background. */
  public void start() {
    run();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::run, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Publishes what others sign, and goes on in the background; signs nothing by itself. */
  public void follow() {
    publishNewest();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::publishNewest, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Has each issuing CA's CRL signed as on schedule, and publishes them here; other servers follow.
   *
   * @return their numbers; without that of a CA whose CRL another server signed at the same moment
   */
  public synchronized Map<CaName, CrlNumber> publishNow() {
    Map<CaName, CrlNumber> numbers = new LinkedHashMap<>();
    signings.forEach(it -> it.signNow().ifPresent(number -> numbers.put(it.ca(), number)));
    cas.forEach(this::publish);
    return numbers;
  }

  /** Once: what is due is signed, what is new is published. Never fails; one CA waits for none. */
  public synchronized void run() {
    for (CrlSigning signing : signings) {
      signingFails
          .computeIfAbsent(
              signing.ca(),
              ca -> new Trouble("no new CRL of " + ca + " could be signed", afterFailure))
          .attempt(() -> sign(signing));
    }
    publishNewest();
  }

  private synchronized void publishNewest() {
    for (CaName name : cas) {
      publishingFails
          .computeIfAbsent(
              name, ca -> new Trouble("no new CRL of " + ca + " could be published", afterFailure))
          .attempt(() -> publish(name));
    }
  }

  private void sign(CrlSigning signing) {
    boolean signed =
        signAtOnce.contains(signing.ca()) ? signing.signNow().isPresent() : signing.signIfDue();
    if (signed) {
      signAtOnce.remove(signing.ca());
    }
  }

  private void publish(CaName ca) {
    CrlStore.Standing standing = store.look(ca);
    standing.newest().filter(this::isNewer).ifPresent(this::publish);
    standing.newest().ifPresent(it -> watch(it, standing.databaseTime()));
  }

  private boolean isNewer(SignedCrl crl) {
    return folder.number(crl.ca()).map(it -> crl.number().isAfter(it)).orElse(true);
  }

  private void publish(SignedCrl crl) {
    history.requireOne();
    history.last().ifPresent(store::requireHolds);
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
