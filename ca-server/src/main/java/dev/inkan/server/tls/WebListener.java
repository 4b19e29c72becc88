package dev.inkan.server.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.http.HttpVersion;
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
 * The web listener: HTTP/1.1 over TLS 1.2 or 1.3 that asks for a client certificate, does not
 * insist, and lets every one through to be told (B1). Slow clients hold a connection, never a
 * thread: headers and bodies are read without one before any handler runs (S13).
 *
 * <p>The three parts belong together: {@link #threadPool()} for the server, {@link #guard(Server)}
 * before its handlers, {@link #connector} as its connector.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any free one
 * @param key what the server shows
 * @param issuers our CAs, advertised so that browsers offer the right certificates
 * @param limits how much one visitor may hold
 */
public record WebListener(
    String host, int port, ServerKey key, List<X509Certificate> issuers, ListenerLimits limits) {

  private static final int SESSION_SECONDS = 600;
  private static final int SESSIONS = 10_000;
  private static final int FEWEST_THREADS = 8;
  private static final int THREAD_IDLE_MILLIS = 60_000;
  private static final int IDLE_MILLIS_WHEN_FULL = 2_000;

  public WebListener {
    issuers = List.copyOf(issuers);
  }

  /** A bounded pool; what waits for it is bounded by the connections. */
  public ThreadPool threadPool() {
    var pool = new QueuedThreadPool(limits.threads(), FEWEST_THREADS, THREAD_IDLE_MILLIS);
    pool.setName("web");
    return pool;
  }

  /** Puts the body reader before every handler the server gets afterwards. */
  public void guard(Server server) {
    server.setHandler(new WholeBodyHandler(limits.bodyOctets()));
  }

  /** The connector, not started; {@code shared} is copied. */
  public ServerConnector connector(Server server, HttpConfiguration shared) {
    var http = new HttpConnectionFactory(configuration(shared));
    var tls = new SslConnectionFactory(tls(), HttpVersion.HTTP_1_1.asString());
    var connector = new ServerConnector(server, tls, http);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.addBean(new ResponseDeadline(connector, limits.response()));
    var ceiling = new NetworkConnectionLimit(limits.connections(), connector);
    ceiling.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
    connector.addBean(ceiling);
    return connector;
  }

  private HttpConfiguration configuration(HttpConfiguration shared) {
    var configuration = new HttpConfiguration(shared);
    configuration.setRequestHeaderSize(limits.headerOctets());
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    // Host is checked by the application, which answers with a page.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    return configuration;
  }

  private SslContextFactory.Server tls() {
    var tls = new SslContextFactory.Server();
    tls.setSslContext(context());
    tls.setWantClientAuth(true);
    tls.setExcludeProtocols();
    tls.setIncludeProtocols(TlsProfile.PROTOCOLS);
    tls.setExcludeCipherSuites();
    tls.setIncludeCipherSuites(TlsProfile.CIPHER_SUITES);
    tls.setUseCipherSuitesOrder(true);
    tls.setRenegotiationAllowed(false);
    return tls;
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          key.keyManagers(), new TrustManager[] {new AnyClientTrustManager(issuers)}, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
