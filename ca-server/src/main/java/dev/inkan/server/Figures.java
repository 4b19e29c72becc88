package dev.inkan.server;

import dev.inkan.core.certificate.CaName;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.health.Readings;
import dev.inkan.server.mail.MailBacklog;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.store.PoolLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is looked up for {@code /metrics}. What is not known at the moment is {@code NaN}. */
final class Figures {

  private static final double MILLIS = 1000.0;

  private final Metrics metrics;
  private final Clock clock;

  Figures(Metrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  void version(String version, String node) {
    metrics.gauge(
        "inkan.server",
        "Which server this is; always 1",
        () -> 1,
        "version",
        version,
        "node",
        node);
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

  void crl(CaName ca, CrlFolder folder) {
    metrics.gauge(
        "inkan.crl.age.seconds",
        "How long ago the CRL was signed that is published here",
        () -> of(folder.times(ca), it -> since(it.signedAt())),
        "ca",
        ca.value());
    metrics.gauge(
        "inkan.crl.remaining.seconds",
        "How long the CRL counts that is published here; then gateways refuse everybody",
        () -> of(folder.times(ca), it -> -since(it.nextUpdate())),
        "ca",
        ca.value());
  }

  void status(Supplier<Instant> asOf) {
    metrics.gauge(
        "inkan.status.age.seconds",
        "How long ago the ledger was read for OCSP answers",
        () -> asOf.get().equals(Instant.MIN) ? Double.NaN : since(asOf.get()));
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
