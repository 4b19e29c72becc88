package dev.inkan.server.http.management;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.health.PartState;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ResponseDeadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The listener for whoever watches the server: plain HTTP with its own connector and threads, so
 * that it answers when nothing else does.
 */
public final class ManagementListener implements AutoCloseable {

  private static final ListenerLimits LIMITS =
      new ListenerLimits(4 * 1024, 1, Duration.ofSeconds(10), Duration.ofSeconds(20), 50, 8);
  private static final int FEWEST_THREADS = 2;
  private static final int THREAD_IDLE_MILLIS = 60_000;

  private final Server server;
  private final ServerConnector connector;

  /**
   * What it tells.
   *
   * @param node this server's name
   * @param roles what it does, in words
   * @param started since when it runs
   * @param parts tries everything, and says how it stands
   */
  public record Source(
      NodeName node,
      List<String> roles,
      Instant started,
      Supplier<List<PartState>> parts,
      Metrics metrics) {

    public Source {
      roles = List.copyOf(roles);
    }
  }

  /**
   * @param port the port, or 0 for any free one
   */
  public ManagementListener(String host, int port, Source source) {
    QueuedThreadPool threads =
        new QueuedThreadPool(LIMITS.threads(), FEWEST_THREADS, THREAD_IDLE_MILLIS);
    threads.setName("management");
    this.server = new Server(threads);
    server.setHandler(new ManagementHandler(source));
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(LIMITS.headerOctets());
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(LIMITS.idle().toMillis());
    connector.addBean(new ResponseDeadline(connector, LIMITS.response()));
    connector.addBean(new NetworkConnectionLimit(LIMITS.connections(), connector));
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    server.setErrorHandler(
        (request, response, callback) -> {
          response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
          callback.succeeded();
          return true;
        });
  }

  /**
   * Starts to listen.
   *
   * @throws ManagementListenerException if the port is taken or may not be used
   */
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new ManagementListenerException(
          "the management listener cannot listen on "
              + connector.getHost()
              + ":"
              + connector.getPort()
              + " ("
              + e.getMessage()
              + "): set management.host and management.port to what is free",
          e);
    } catch (Exception e) {
      throw new IllegalStateException("the management listener did not start", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the management listener did not stop", e);
    }
  }
}
