package dev.inkan.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;

/**
 * Closes a connection whose TLS handshake is not over in time. For listeners that only programs
 * call: a browser may wait in the handshake until its user has chosen a certificate.
 */
final class HandshakeDeadline implements Connection.Listener {

  /** What a session is called before there is one. */
  private static final String NONE_YET = "NONE";

  private final Connector connector;
  private final Duration limit;

  HandshakeDeadline(Connector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      var unused =
          connector
              .getScheduler()
              .schedule(() -> check(tls), limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void check(SslConnection tls) {
    if (tls.getSSLEngine().getSession().getProtocol().equals(NONE_YET)) {
      // An EofException is quiet: strangers shall not write stack traces into our log.
      tls.getEndPoint().close(new EofException("no handshake within " + limit));
    }
  }
}
