package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.admin.AdminApplication;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ServerKey;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The admin API on its listener, as the configuration describes it. */
final class AdminService implements AutoCloseable {

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
   * @param chain the issuing CA's certificate first
   */
  static AdminService start(
      InkanConfig config,
      Host host,
      AdminDesks desks,
      AdminDesks.Offices offices,
      List<X509Certificate> chain) {
    Javalin listener =
        new AdminApplication(desks.desks(offices), desks.setting(), host.clock(), host.random())
            .on(listener(config, chain.get(0)));
    listener.start();
    return new AdminService(listener);
  }

  private static WebListener listener(InkanConfig config, X509Certificate issuer) {
    ListenerLimits standard = ListenerLimits.standard();
    ListenerLimits limits =
        new ListenerLimits(
            standard.headerOctets(),
            BODY_OCTETS,
            standard.idle(),
            standard.response(),
            CONNECTIONS,
            THREADS);
    try (Passphrase passphrase = config.web().tls().passphraseFile().passphrase()) {
      ServerKey key = ServerKey.load(config.web().tls().keyFile(), passphrase);
      return new WebListener(
          config.admin().host(),
          config.admin().port(),
          Optional.of(new WebListener.Tls(key, List.of(issuer), WebListener.Visitors.OURS_ALONE)),
          Optional.empty(),
          limits);
    }
  }

  /** The port it listens on. */
  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.stop();
  }
}
