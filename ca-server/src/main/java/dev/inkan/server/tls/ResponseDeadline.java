package dev.inkan.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;

/**
 * Closes a connection on which no whole response was finished for a while, nor a good piece of one
 * taken, between one and two times the limit. An idle time-out alone is kept away by one byte now
 * and then; this one is not, whether the byte is of the handshake, a header, a body or an answer
 * that is read slowly. A long answer that somebody really reads goes on.
 */
public final class ResponseDeadline implements Connection.Listener {

  /** What a reader has to take within the limit: less is no reading. */
  static final long LEAST_OCTETS = 64 * 1024;

  private final Connector connector;
  private final Duration limit;

  /**
   * @param limit how long a connection may go without one whole response
   */
  public ResponseDeadline(Connector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    // The one inside the TLS connection counts responses, and is opened before the handshake.
    if (!(connection instanceof SslConnection)) {
      watch(connection, Progress.of(connection));
    }
  }

  private record Progress(long responses, long octets) {

    static Progress of(Connection connection) {
      return new Progress(connection.getMessagesOut(), connection.getBytesOut());
    }

    boolean isEnoughAfter(Progress before) {
      return responses != before.responses || octets - before.octets >= LEAST_OCTETS;
    }
  }

  private void watch(Connection connection, Progress soFar) {
    connector
        .getScheduler()
        .schedule(() -> check(connection, soFar), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void check(Connection connection, Progress before) {
    if (!connection.getEndPoint().isOpen()) {
      return;
    }
    Progress now = Progress.of(connection);
    if (now.isEnoughAfter(before)) {
      watch(connection, now);
    } else {
      // An EofException is quiet: strangers shall not write stack traces into our log.
      connection.getEndPoint().close(new EofException("no response within " + limit));
    }
  }
}
