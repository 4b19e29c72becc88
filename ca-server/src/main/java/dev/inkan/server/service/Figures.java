package dev.inkan.server.service;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.key.KeyPool;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.health.Readings;
import dev.inkan.server.installation.Signer;
import dev.inkan.server.mail.MailBacklog;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.store.CommitsWaiting;
import dev.inkan.server.store.PoolLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is looked up for {@code /metrics}. What is not known at the moment is {@code NaN}. */
public final class Figures {

  private static final double MILLIS = 1000.0;

  private final Metrics metrics;
  private final Clock clock;

  Figures(Metrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  void server(String version, String node, String roles) {
    metrics.gauge(
        "inkan.server",
        "Which server this is; always 1",
        () -> 1,
        "version",
        version,
        "node",
        node,
        "roles",
        roles);
  }

  public void keys(KeyPool keys, int wanted) {
    metrics.gauge("inkan.keys.ready", "Key pairs made ahead", keys::available);
    metrics.gauge("inkan.keys.wanted", "Key pairs to be made ahead", () -> wanted);
  }

  public void issues(IntSupplier waiting) {
    metrics.gauge("inkan.issue.waiting", "Certificates that wait for a worker", waiting::getAsInt);
  }

  void database(Supplier<PoolLevel> pool) {
    connections(pool, "active", PoolLevel::active);
    connections(pool, "idle", PoolLevel::idle);
    metrics.gauge(
        "inkan.database.connections.most",
        "How many connections to the database there may be",
        () -> pool.get().most());
    metrics.gauge(
        "inkan.database.waiting",
        "Threads that wait for a connection to the database",
        () -> pool.get().waiting());
  }

  private void connections(
      Supplier<PoolLevel> pool, String state, ToDoubleFunction<PoolLevel> which) {
    metrics.gauge(
        "inkan.database.connections",
        "Connections to the database",
        () -> which.applyAsDouble(pool.get()),
        "state",
        state);
  }

  void commits(Readings<CommitsWaiting> waiting) {
    metrics.gauge(
        "inkan.database.commits.waiting",
        "Commits of all servers that wait for a synchronous standby",
        () -> of(waiting.last(), CommitsWaiting::count));
  }

  public void unfinished(IntSupplier pieces) {
    metrics.gauge(
        "inkan.unfinished",
        "Issues and revocations that the database's absence left half done",
        pieces::getAsInt);
  }

  void mails(Readings<MailBacklog> backlog) {
    metrics.gauge(
        "inkan.mails.waiting",
        "Mails that the mail server has not taken yet",
        () -> of(backlog.last(), MailBacklog::mails));
    metrics.gauge(
        "inkan.mails.oldest.seconds",
        "How long the oldest of these mails waits",
        () -> of(backlog.last(), it -> it.oldest().map(this::since).orElse(0.0)));
  }

  void backups(Readings<Instant> newest) {
    metrics.gauge(
        "inkan.backup.age.seconds",
        "How long ago the newest backup was begun; NaN where none are made by themselves",
        () -> of(newest.last(), this::since));
  }

  public void crl(CaName ca, Supplier<CrlFolder> folder) {
    metrics.gauge(
        "inkan.crl.age.seconds",
        "How long ago the CRL was signed that is published here",
        () -> of(folder.get().times(ca), it -> since(it.signedAt())),
        "ca",
        ca.value());
    metrics.gauge(
        "inkan.crl.remaining.seconds",
        "How long the CRL counts that is published here; then gateways refuse everybody",
        () -> of(folder.get().times(ca), it -> -since(it.nextUpdate())),
        "ca",
        ca.value());
  }

  /** Which of the CAs that sign is the one that issues here; servers may differ in a rollover. */
  public void issuers(List<Signer> cas) {
    for (Signer ca : cas) {
      double issues = ca.equals(cas.get(0)) ? 1 : 0;
      metrics.gauge(
          "inkan.ca.issues",
          "Whether this server issues by the CA, or signs CRLs and OCSP answers alone: 1 or 0",
          () -> issues,
          "ca",
          ca.name().value());
    }
  }

  public void status(Supplier<Instant> asOf) {
    metrics.gauge(
        "inkan.status.age.seconds",
        "How long ago the ledger was read for OCSP answers",
        () -> asOf.get().equals(Instant.MIN) ? Double.NaN : since(asOf.get()));
  }

  public void replication(Supplier<Optional<Instant>> newestCommit) {
    metrics.gauge(
        "inkan.status.replication.seconds",
        "How long ago the newest change was committed that this standby has; grows while nothing"
            + " comes, or nothing happens",
        () -> of(newestCommit.get(), this::since));
  }

  void certificates(Supplier<List<OwnCertificate>> certificates) {
    metrics.gauges(
        "inkan.certificate.days.left",
        "Days until one of the installation's own certificates ends",
        "certificate",
        () -> {
          Map<String, Double> days = new LinkedHashMap<>();
          certificates.get().forEach(it -> days.put(it.name(), it.daysLeft(clock.instant())));
          return days;
        });
  }

  void parts(Iterable<String> parts, Function<String, Optional<Boolean>> isUp) {
    parts.forEach(
        part ->
            metrics.gauge(
                "inkan.part.up",
                "Whether what the server needs is there: 1 or 0, as /health/ready tries it",
                () -> of(isUp.apply(part), up -> up ? 1 : 0),
                "part",
                part));
  }

  private double since(Instant moment) {
    return Duration.between(moment, clock.instant()).toMillis() / MILLIS;
  }

  private static <T> double of(Optional<T> known, ToDoubleFunction<T> value) {
    return known.map(value::applyAsDouble).orElse(Double.NaN);
  }
}
