package dev.inkan.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;

/**
 * Closes a connection on which no whole response was finished for a while, between one and two
 * times the limit. An idle time-out alone is kept away by one byte now and then; this one is not,
 * whether the byte is of the handshake, a header, a body or an answer that is read slowly.
 */
public final class ResponseDeadline implements Connection.Listener {

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
      watch(connection, connection.getMessagesOut());
    }
  }

  private void watch(Connection connection, long finished) {
    connector
        .getScheduler()
        .schedule(() -> check(connection, finished), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void check(Connection connection, long finishedBefore) {
    if (!connection.getEndPoint().isOpen()) {
      return;
    }
    long finished = connection.getMessagesOut();
    if (finished == finishedBefore) {
      // An EofException is quiet: strangers shall not write stack traces into our log.
      connection.getEndPoint().close(new EofException("no response within " + limit));
    } else {
      watch(connection, finished);
    }
  }
}
