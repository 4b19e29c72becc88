package dev.inkan.server.service;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.health.ExpiryWatch;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.health.Part;
import dev.inkan.server.health.Readiness;
import dev.inkan.server.health.Readings;
import dev.inkan.server.http.management.ManagementListener;
import dev.inkan.server.installation.Version;
import dev.inkan.server.mail.MailBacklog;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.store.CommitsWaiting;
import dev.inkan.server.store.PoolLevel;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Health, figures and the watch over the installation's own certificates. */
public final class ManagementService implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration OPERATORS_EVERY = Duration.ofMinutes(5);
  private static final Duration KEY_EVERY = Duration.ofSeconds(10);
  private static final Duration WARN_EVERY = Duration.ofMinutes(10);

  private final Watched watched;
  private final ExecutorService readers =
      Executors.newCachedThreadPool(task -> daemon(task, "figures"));
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "own-certificates"));
  private final Optional<Readings<List<OwnCertificate>>> operators;
  private final Readiness readiness;
  private final ExpiryWatch expiry;
  private final ManagementListener listener;

  /**
   * What is looked at, as the server's roles have it.
   *
   * @param parts what the server cannot do its work without
   * @param pool of connections to the database
   * @param own the installation's own certificates that this server knows of
   * @param people what only who reads the people's tables can tell
   * @param upkeep is called every few seconds
   * @param figures adds those of its own
   */
  public record Watched(
      List<Part> parts,
      Supplier<PoolLevel> pool,
      Supplier<List<OwnCertificate>> own,
      Optional<People> people,
      Runnable upkeep,
      Consumer<Figures> figures) {}

  /**
   * What stands in the people's tables, and what becomes of writing there.
   *
   * @param operators when their credentials end
   * @param commits those that wait for a standby
   */
  public record People(
      Supplier<List<OwnCertificate>> operators,
      Supplier<MailBacklog> mails,
      Supplier<CommitsWaiting> commits) {}

  public ManagementService(InkanConfig config, Host host, Metrics metrics, Watched watched) {
    this.watched = watched;
    this.operators =
        watched
            .people()
            .map(
                people ->
                    new Readings<>("operators", people.operators(), OPERATORS_EVERY, readers));
    this.readiness = new Readiness(watched.parts(), host.clock());
    this.expiry = new ExpiryWatch(this::ownCertificates, host.clock());
    figures(config, host, metrics);
    this.listener =
        new ManagementListener(
            config.management().host(),
            config.management().port(),
            new ManagementListener.Source(
                host.node(),
                config.roles().words(),
                host.clock().instant(),
                readiness::parts,
                metrics));
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
  public void start() {
    listener.start();
    ScheduledFuture<?> unusedUpkeep =
        watch.scheduleWithFixedDelay(
            watched.upkeep(), KEY_EVERY.toMillis(), KEY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> unusedWatch =
        watch.scheduleWithFixedDelay(expiry, 0, WARN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  private List<OwnCertificate> ownCertificates() {
    List<OwnCertificate> all = new ArrayList<>(watched.own().get());
    operators.flatMap(Readings::last).ifPresent(all::addAll);
    return all;
  }

  private void figures(InkanConfig config, Host host, Metrics metrics) {
    Figures figures = new Figures(metrics, host.clock());
    figures.server(Version.number(), host.node().value(), config.roles().toString());
    watched.people().ifPresent(people -> figures(figures, people));
    figures.database(watched.pool());
    Instant started = host.clock().instant();
    figures.backups(
        new Readings<>(
            "backups",
            // Until the first is there, it is as old as this server.
            () -> Backups.folder(config).orElseThrow().newest().orElse(started),
            LOOK_EVERY,
            readers));
    figures.certificates(this::ownCertificates);
    figures.parts(readiness.names(), readiness::isUp);
    watched.figures().accept(figures);
  }

  private void figures(Figures figures, People people) {
    figures.mails(new Readings<>("waiting mails", people.mails(), LOOK_EVERY, readers));
    figures.commits(new Readings<>("commits", people.commits(), LOOK_EVERY, readers));
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
