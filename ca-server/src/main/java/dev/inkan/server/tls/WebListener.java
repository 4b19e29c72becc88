package dev.inkan.server.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * A listener for people and operators: HTTP/1.1 over TLS 1.2 or 1.3. For browsers it asks for a
 * client certificate, does not insist, and lets every one through to be told (B1); for operators it
 * insists on one that our CA signed. Behind login gateways it takes their word for what the visitor
 * showed, answers nobody else, and may leave TLS to them. Slow clients hold a connection, never a
 * thread: headers and bodies are read without one before any handler runs (S13).
 *
 * <p>The three parts belong together: {@link #threadPool()} for the server, {@link #guard(Server)}
 * before its handlers, {@link #connector} as its connector.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any free one
 * @param tls how it speaks TLS; empty for plain HTTP, which is for gateways alone
 * @param gateways where the gateways are; empty if browsers come by themselves
 * @param limits how much one visitor may hold
 */
public record WebListener(
    String host,
    int port,
    Optional<Tls> tls,
    Optional<ProxyAddresses> gateways,
    ListenerLimits limits) {

  /**
   * Room for the header in which a gateway forwards a certificate of 16 KiB, the largest we read.
   */
  private static final int CERTIFICATE_OCTETS = 24 * 1024;

  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final int SEND_BUFFER_OCTETS = 256 * 1024;
  private static final int SESSION_SECONDS = 600;
  private static final int SESSIONS = 10_000;
  private static final int FEWEST_THREADS = 8;
  private static final int THREAD_IDLE_MILLIS = 60_000;
  private static final int IDLE_MILLIS_WHEN_FULL = 2_000;

  /** Who is let through the handshake. */
  public enum Visitors {
    /** Everybody, to be told on a page what their certificate is worth. */
    EVERYBODY,
    /** Whoever shows a certificate that one of our issuing CAs signed, of whatever kind. */
    OURS_ALONE
  }

  /**
   * What TLS needs.
   *
   * @param key what the server shows
   * @param issuers our CAs, advertised so that browsers offer the right certificates
   * @param visitors who is let through the handshake
   */
  public record Tls(ServerKey key, List<X509Certificate> issuers, Visitors visitors) {

    public Tls {
      issuers = List.copyOf(issuers);
    }

    /** For browsers. */
    public Tls(ServerKey key, List<X509Certificate> issuers) {
      this(key, issuers, Visitors.EVERYBODY);
    }
  }

  public WebListener {
    if (tls.isEmpty() && gateways.isEmpty()) {
      throw new IllegalArgumentException("plain HTTP is for gateways alone");
    }
  }

  /** One to which browsers come by themselves. */
  public WebListener(
      String host, int port, ServerKey key, List<X509Certificate> issuers, ListenerLimits limits) {
    this(host, port, Optional.of(new Tls(key, issuers)), Optional.empty(), limits);
  }

  /** A bounded pool; what waits for it is bounded by the connections. */
  public ThreadPool threadPool() {
    var pool = new QueuedThreadPool(limits.threads(), FEWEST_THREADS, THREAD_IDLE_MILLIS);
    pool.setName(insists() ? "admin" : "web");
    return pool;
  }

  private boolean insists() {
    return tls.filter(it -> it.visitors() == Visitors.OURS_ALONE).isPresent();
  }

  /**
   * Puts the body reader before every handler the server gets afterwards, behind the gateways'.
   *
   * @param whole what sees each request next, once its body is there
   */
  public void guard(Server server, Handler.Singleton whole) {
    guard(server, new WholeBodyHandler(limits.bodyOctets(), whole));
  }

  /** As above, with nothing between. */
  public void guard(Server server) {
    guard(server, new WholeBodyHandler(limits.bodyOctets()));
  }

  private void guard(Server server, WholeBodyHandler bodies) {
    server.setHandler(
        gateways.<Handler>map(listed -> new GatewayHandler(listed, bodies)).orElse(bodies));
  }

  /** The connector, not started; {@code shared} is copied. */
  public ServerConnector connector(Server server, HttpConfiguration shared) {
    var http = new HttpConnectionFactory(configuration(shared));
    var connector = new ServerConnector(server, factories(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.addBean(new ResponseDeadline(connector, limits.response()));
    connector.addBean(new HandshakeDeadline(connector, HANDSHAKE, insists()));
    if (insists()) {
      // Long answers: how fast they are read is seen no later than this is full.
      connector.setAcceptedSendBufferSize(SEND_BUFFER_OCTETS);
    }
    var ceiling = new NetworkConnectionLimit(limits.connections(), connector);
    ceiling.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
    connector.addBean(ceiling);
    return connector;
  }

  private ConnectionFactory[] factories(HttpConnectionFactory http) {
    return tls.map(it -> new SslConnectionFactory(tls(it), HttpVersion.HTTP_1_1.asString()))
        .map(outer -> new ConnectionFactory[] {outer, http})
        .orElseGet(() -> new ConnectionFactory[] {http});
  }

  private HttpConfiguration configuration(HttpConfiguration shared) {
    var configuration = new HttpConfiguration(shared);
    int certificate = gateways.isPresent() ? CERTIFICATE_OCTETS : 0;
    configuration.setRequestHeaderSize(limits.headerOctets() + certificate);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    // Host is checked by the application, which answers with a page.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    return configuration;
  }

  private static SslContextFactory.Server tls(Tls ours) {
    var tls = new SslContextFactory.Server();
    tls.setSslContext(context(ours));
    if (ours.visitors() == Visitors.OURS_ALONE) {
      tls.setNeedClientAuth(true);
    } else {
      tls.setWantClientAuth(true);
    }
    tls.setExcludeProtocols();
    tls.setIncludeProtocols(TlsProfile.PROTOCOLS);
    tls.setExcludeCipherSuites();
    tls.setIncludeCipherSuites(TlsProfile.CIPHER_SUITES);
    tls.setUseCipherSuitesOrder(true);
    tls.setRenegotiationAllowed(false);
    return tls;
  }

  private static TrustManager trust(Tls ours) {
    return ours.visitors() == Visitors.OURS_ALONE
        ? new OurClientTrustManager(ours.issuers())
        : new AnyClientTrustManager(ours.issuers());
  }

  private static SSLContext context(Tls ours) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ours.key().keyManagers(), new TrustManager[] {trust(ours)}, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
