package dev.inkan.server.http.status;

import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.Publication;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ResponseDeadline;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The listener for login gateways: plain HTTP with its own connector and threads, so that nothing
 * at the other listeners slows it down (S13). Slow clients hold a connection, never a thread.
 */
public final class StatusListener implements AutoCloseable {

  private static final int THREAD_IDLE_MILLIS = 60_000;
  private static final int IDLE_MILLIS_WHEN_FULL = 2_000;
  private static final int FEWEST_THREADS = 8;

  /** What base64 in a path looks like to somebody who takes it for folders; see OcspPath. */
  private static final UriCompliance AS_SENT =
      UriCompliance.from(
          Set.of(
              Violation.AMBIGUOUS_PATH_SEPARATOR,
              Violation.AMBIGUOUS_EMPTY_SEGMENT,
              Violation.AMBIGUOUS_PATH_SEGMENT,
              Violation.AMBIGUOUS_PATH_PARAMETER,
              Violation.AMBIGUOUS_PATH_ENCODING));

  private final Server server;
  private final ServerConnector connector;

  /**
   * What one client may hold: requests of some hundred octets.
   *
   * @param connections how many are open at once
   */
  public static ListenerLimits limits(int connections) {
    return new ListenerLimits(
        8 * 1024, 10 * 1024, Duration.ofSeconds(15), Duration.ofSeconds(30), connections, 16);
  }

  /**
   * @param port the port, or 0 for any free one
   * @param publications are asked in turn for what is not OCSP
   */
  public StatusListener(
      String host,
      int port,
      ListenerLimits limits,
      OcspDesk desk,
      List<Publication> publications,
      Clock clock) {
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.threads(), FEWEST_THREADS, THREAD_IDLE_MILLIS);
    threads.setName("status");
    this.server = new Server(threads);
    server.setHandler(new StatusHandler(desk, publications, limits.bodyOctets(), clock));
    server.setErrorHandler(StatusListener::sayNothing);
    this.connector = connector(limits);
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
  }

  private ServerConnector connector(ListenerLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerOctets());
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(false); // the answers date themselves
    http.setUriCompliance(AS_SENT);
    ServerConnector made = new ServerConnector(server, new HttpConnectionFactory(http));
    made.setIdleTimeout(limits.idle().toMillis());
    made.addBean(new ResponseDeadline(made, limits.response()));
    NetworkConnectionLimit ceiling = new NetworkConnectionLimit(limits.connections(), made);
    ceiling.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
    made.addBean(ceiling);
    return made;
  }

  /** What is refused before any handler: the status says it, and nobody reads pages here. */
  private static boolean sayNothing(Request request, Response response, Callback callback) {
    response.getHeaders().put(Answers.NO_STORE).put(HttpHeader.CONTENT_LENGTH, 0);
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    return true;
  }

  /**
   * Starts to listen.
   *
   * @throws StatusListenerException if the port is taken or may not be used
   */
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw notListening(e);
    } catch (Exception e) {
      throw new IllegalStateException("the status listener did not start", e);
    }
  }

  private StatusListenerException notListening(IOException e) {
    return new StatusListenerException(
        "the status listener cannot listen on "
            + connector.getHost()
            + ":"
            + connector.getPort()
            + " ("
            + e.getMessage()
            + "): set status.host and status.port to what is free",
        e);
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
      throw new IllegalStateException("the status listener did not stop", e);
    }
  }
}
