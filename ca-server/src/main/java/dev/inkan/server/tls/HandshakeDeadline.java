package dev.inkan.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;

/**
 * Closes a connection whose TLS handshake is not over in time, or has not even begun. The former is
 * for listeners that only programs call: a browser may wait in the handshake until its user has
 * chosen a certificate, and has said who it is by then.
 */
final class HandshakeDeadline implements Connection.Listener {

  /** What a session is called before there is one. */
  private static final String NONE_YET = "NONE";

  private final Connector connector;
  private final Duration limit;
  private final boolean whole;

  /**
   * @param whole whether all of the handshake must be over by then, or its beginning alone
   */
  HandshakeDeadline(Connector connector, Duration limit, boolean whole) {
    this.connector = connector;
    this.limit = limit;
    this.whole = whole;
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
    SSLEngine engine = tls.getSSLEngine();
    boolean over = !engine.getSession().getProtocol().equals(NONE_YET);
    if (!over && (whole || engine.getHandshakeSession() == null)) {
      // An EofException is quiet: strangers shall not write stack traces into our log.
      tls.getEndPoint().close(new EofException("no handshake within " + limit));
    }
  }
}
