package dev.inkan.server.assembly;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.health.Part;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.service.FollowedCas;
import dev.inkan.server.service.Latencies;
import dev.inkan.server.service.ManagementService;
import dev.inkan.server.service.OwnCertificates;
import dev.inkan.server.service.StatusFront;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.NodeResponders;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.Replication;
import dev.inkan.server.store.StatusResponderRegister;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that tells status and does nothing else: from a ledger that it can only read, such as a
 * hot standby's, with a key of its own and no issuing CA's. It writes nothing into the database.
 */
final class StatusNode {

  private static final Logger LOG = LoggerFactory.getLogger(StatusNode.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final Opened opened;
  private final Metrics metrics;
  private final Database database;
  private final StatusResponderRegister register;
  private final LedgerHistory history = new LedgerHistory();
  private final FollowedCas cas;
  private final AtomicReference<Optional<Instant>> newestCommit =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<String> told = new AtomicReference<>("");

  /** Opens what there is to read. */
  StatusNode(InkanConfig config, Host host, ClockPolicy clocks, Opened opened) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    this.opened = opened;
    this.metrics = opened.add(new Metrics());
    CryptoProviders providers = CryptoProviders.fastest(host.random());
    Credential key = key(config, providers, host);
    this.database = opened.add(Database.openToRead(Storage.settings(config)));
    this.register = new StatusResponderRegister(database);
    NodeResponders responders = new NodeResponders(key, register::of, host.clock());
    this.cas = opened.add(new FollowedCas(config, host, providers, database, history, responders));
  }

  private static Credential key(InkanConfig config, CryptoProviders providers, Host host) {
    AuthorityKey place = new AuthorityKeys(config, providers, host.random()).responder();
    if (place.isMissing()) {
      throw new KeyUnavailableException(
          "ocsp-responder",
          Reason.MISSING,
          place.place()
              + " does not exist. A server that only tells status has a key of its own:"
              + " 'responder-request' makes it");
    }
    return place.open();
  }

  /** Reads the ledger, listens, and goes on following. */
  Ports start() {
    ClockGuard clock = new ClockGuard(register::databaseTime, host.clock(), clocks);
    clock.fault().ifPresent(LOG::error);
    StatusFront front =
        opened.add(
            new StatusFront(
                config,
                host,
                clocks,
                database,
                new StatusFront.Shown(cas::responders, List.of(cas)),
                new StatusFront.Told(history, new Latencies(metrics).ocsp())));
    front.follow();
    cas.start();
    front.listen();
    followOn();
    ManagementService management =
        opened.add(new ManagementService(config, host, metrics, watched(front, clock)));
    management.start();
    return new Ports(
        OptionalInt.empty(), OptionalInt.of(front.port()), OptionalInt.empty(), management.port());
  }

  private void followOn() {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread follower = new Thread(task, "status-node");
              follower.setDaemon(true);
              return follower;
            });
    AutoCloseable unusedEnd = opened.add(() -> end(thread));
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void end(ExecutorService thread) throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      thread.shutdownNow();
    }
  }

  /** What fails is told once, and tried again. */
  private void look() {
    try {
      cas.follow();
      newestCommit.set(new Replication(database).newestCommit());
      told.set("");
    } catch (RuntimeException e) {
      String what = String.valueOf(e.getMessage());
      if (!what.equals(told.getAndSet(what))) {
        LOG.warn("status: CAs and responders stay as they are: {}", what);
      }
    }
  }

  private Optional<OcspResponder> responder(CaName ca) {
    return cas.responders().stream()
        .filter(it -> it.issuer().equals(ca))
        .findFirst()
        .flatMap(ResponderKeys::current);
  }

  private ManagementService.Watched watched(StatusFront front, ClockGuard clock) {
    List<Part> parts =
        List.of(
            Parts.database(register::databaseTime),
            Parts.clock(clock),
            Parts.status(cas::signers, front::answer, this::responder, host),
            Parts.crl(this::published, cas::published, host.clock()));
    return new ManagementService.Watched(
        parts,
        database::level,
        this::ownCertificates,
        Optional.empty(),
        () -> {},
        figures -> {
          figures.status(front::asOf);
          figures.replication(() -> requireNonNull(newestCommit.get()));
          published().forEach(ca -> figures.crl(ca, cas::published));
        });
  }

  /** Those whose CRLs gateways need. */
  private List<CaName> published() {
    List<CaName> names = new ArrayList<>(cas.names());
    names.add(CaName.ROOT);
    return names;
  }

  private List<OwnCertificate> ownCertificates() {
    return new OwnCertificates(
            config, cas.root(), cas::signers, Optional.empty(), Optional.empty(), this::responder)
        .list();
  }
}
