package dev.inkan.server.service;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.admin.AdminApplication;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ServerKey;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The admin API on its listener, as the configuration describes it. */
public final class AdminService implements AutoCloseable {

  // Few people, who send lists of some ten thousand serial numbers.
  private static final int BODY_OCTETS = 1024 * 1024;
  private static final int CONNECTIONS = 100;
  private static final int THREADS = 16;

  private final Javalin listener;

  private AdminService(Javalin listener) {
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @param key what it shows, as the web listener does
   * @param issuers whose operators come in
   */
  public static AdminService start(
      InkanConfig config,
      Host host,
      AdminDesks desks,
      AdminDesks.Offices offices,
      ServerKey key,
      List<X509Certificate> issuers,
      Latency latency) {
    Javalin listener =
        new AdminApplication(desks.desks(offices), desks.setting(), host.clock(), host.random())
            .on(listener(config, key, issuers), latency);
    listener.start();
    return new AdminService(listener);
  }

  private static WebListener listener(
      InkanConfig config, ServerKey key, List<X509Certificate> issuers) {
    ListenerLimits standard = ListenerLimits.standard();
    ListenerLimits limits =
        new ListenerLimits(
            standard.headerOctets(),
            BODY_OCTETS,
            standard.idle(),
            standard.response(),
            CONNECTIONS,
            THREADS);
    return new WebListener(
        config.admin().host(),
        config.admin().port(),
        Optional.of(new WebListener.Tls(key, issuers, WebListener.Visitors.OURS_ALONE)),
        Optional.empty(),
        limits);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.stop();
  }
}
