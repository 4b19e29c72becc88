package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.KeyPool;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.health.ExpiryWatch;
import dev.inkan.server.health.OperatorCredentials;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.health.Part;
import dev.inkan.server.health.Readiness;
import dev.inkan.server.health.Readings;
import dev.inkan.server.health.SigningTrial;
import dev.inkan.server.health.StatusTrial;
import dev.inkan.server.http.management.ManagementListener;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiMailQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Health, figures and the watch over the installation's own certificates. */
final class ManagementService implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration OPERATORS_EVERY = Duration.ofMinutes(5);
  private static final Duration KEY_EVERY = Duration.ofSeconds(10);
  private static final Duration WARN_EVERY = Duration.ofMinutes(10);

  private final InkanConfig config;
  private final Host host;
  private final ClockGuard clock;
  private final Watched watched;
  private final ExecutorService readers =
      Executors.newCachedThreadPool(task -> daemon(task, "figures"));
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "own-certificates"));
  private final Readings<List<OwnCertificate>> operators;
  private final Readiness readiness;
  private final ManagementListener listener;

  /** What is looked at. */
  record Watched(
      Authorities authorities,
      Storage storage,
      FileJournal journal,
      CrlFolder published,
      StatusService status,
      KeyPool keys,
      WebKey webKey,
      OwnCertificates own) {}

  ManagementService(
      InkanConfig config, Host host, ClockGuard clock, Metrics metrics, Watched watched) {
    this.config = config;
    this.host = host;
    this.clock = clock;
    this.watched = watched;
    this.operators =
        new Readings<>(
            "operators",
            () -> OperatorCredentials.of(watched.storage().operation(), host.clock()),
            OPERATORS_EVERY,
            readers);
    this.readiness = new Readiness(parts(), host.clock());
    figures(metrics);
    this.listener =
        new ManagementListener(
            config.management().host(),
            config.management().port(),
            new ManagementListener.Source(
                host.node(), host.clock().instant(), readiness::parts, metrics));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Listens and watches.
   *
   * @throws dev.inkan.server.http.management.ManagementListenerException if the port is taken
   */
  void start() {
    listener.start();
    ScheduledFuture<?> unusedKey =
        watch.scheduleWithFixedDelay(
            watched.webKey()::check,
            KEY_EVERY.toMillis(),
            KEY_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    ScheduledFuture<?> unusedWatch =
        watch.scheduleWithFixedDelay(
            new ExpiryWatch(this::ownCertificates, host.clock()),
            0,
            WARN_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The port it listens on. */
  int port() {
    return listener.port();
  }

  private List<OwnCertificate> ownCertificates() {
    List<OwnCertificate> all = new ArrayList<>(watched.own().list());
    operators.last().ifPresent(all::addAll);
    return all;
  }

  private List<Part> parts() {
    return List.of(
        new Part("database", this::database),
        new Part("clock", clock::fault),
        new Part("journal", this::journal),
        new Part("issuing-key", new SigningTrial(watched.authorities().issuing())),
        new Part(
            "status",
            new StatusTrial(
                watched.status()::answer,
                watched.authorities().certificates().get(0),
                this::responder,
                host.random())),
        new Part("crl", this::crl),
        new Part("web-certificate", this::webCertificate));
  }

  private Optional<String> database() {
    Instant unused =
        watched.storage().transactions().inTransaction(stores -> stores.databaseTime());
    return Optional.empty();
  }

  private Optional<String> journal() {
    return watched.journal().isOpen()
        ? Optional.empty()
        : Optional.of("the disk refused a record; nothing is issued or revoked until a restart");
  }

  private Optional<SerialNumber> responder() {
    return watched
        .status()
        .responder()
        .map(it -> new SerialNumber(Authorities.parse(it.certificate()).getSerialNumber()));
  }

  private Optional<String> crl() {
    for (CaName ca : cas()) {
      Optional<Instant> end = watched.published().times(ca).map(CrlFolder.Times::nextUpdate);
      if (end.isEmpty()) {
        return Optional.of("no CRL of " + ca + " is published");
      }
      if (!host.clock().instant().isBefore(end.get())) {
        return Optional.of("the CRL of " + ca + " ended at " + end.get());
      }
    }
    return Optional.empty();
  }

  /** Those whose CRLs gateways need. */
  private List<CaName> cas() {
    List<CaName> cas = new ArrayList<>();
    watched.authorities().signing().forEach(it -> cas.add(it.name()));
    cas.add(CaName.ROOT);
    return cas;
  }

  private Optional<String> webCertificate() {
    Instant end = watched.webKey().end();
    return host.clock().instant().isAfter(end)
        ? Optional.of("the web certificate ended at " + end)
        : Optional.empty();
  }

  private void figures(Metrics metrics) {
    Figures figures = new Figures(metrics, host.clock());
    figures.version(Version.number(), host.node().value());
    Storage storage = watched.storage();
    JdbiMailQueue mails = new JdbiMailQueue(storage.database());
    figures.mails(new Readings<>("waiting mails", mails::backlog, LOOK_EVERY, readers));
    figures.database(storage.database()::level);
    cas().forEach(ca -> figures.crl(ca, watched.published()));
    figures.status(watched.status()::asOf);
    figures.certificates(this::ownCertificates);
    figures.parts(readiness.names(), readiness::isUp);
    metrics.gauge("inkan.keys.ready", "Key pairs made ahead", () -> watched.keys().available());
    metrics.gauge(
        "inkan.keys.wanted", "Key pairs to be made ahead", () -> config.authority().keyPoolSize());
  }

  @Override
  public void close() {
    try {
      listener.close();
    } finally {
      watch.shutdownNow();
      readers.shutdownNow();
      readiness.close();
    }
  }
}
