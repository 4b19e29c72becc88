package dev.inkan.server.tls;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One handshake of the server with itself, in memory, before it listens: a certificate of another
 * key shows at the start, not in the first visitor's browser.
 */
final class HandshakeRehearsal {

  private static final int MAX_STEPS = 100;

  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer nothing = ByteBuffer.allocate(0);
  private final ByteBuffer toServer;
  private final ByteBuffer toClient;
  private final ByteBuffer received;

  private HandshakeRehearsal(SSLEngine client, SSLEngine server) {
    this.client = client;
    this.server = server;
    int packet = server.getSession().getPacketBufferSize();
    this.toServer = ByteBuffer.allocate(packet * 2);
    this.toClient = ByteBuffer.allocate(packet * 2);
    this.received = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
  }

  /**
   * @throws ServerKeyException if the key does not belong to the certificate
   */
  static void of(Path file, ServerKey key) throws GeneralSecurityException {
    SSLContext served = SSLContext.getInstance("TLS");
    served.init(key.keyManagers(), new TrustManager[] {}, null);
    SSLContext asking = SSLContext.getInstance("TLS");
    asking.init(null, new TrustManager[] {new Whoever()}, null);
    SSLEngine client = asking.createSSLEngine();
    client.setUseClientMode(true);
    SSLEngine server = served.createSSLEngine();
    server.setUseClientMode(false);
    for (SSLEngine engine : new SSLEngine[] {client, server}) {
      engine.setEnabledProtocols(TlsProfile.PROTOCOLS);
      engine.setEnabledCipherSuites(TlsProfile.CIPHER_SUITES);
    }
    try {
      new HandshakeRehearsal(client, server).run();
    } catch (SSLException e) {
      throw ServerKey.fault(
          file,
          "its private key does not belong to its certificate",
          "Export the key together with the certificate that was issued for it",
          e);
    }
  }

  private void run() throws SSLException {
    for (int step = 0; step < MAX_STEPS; step++) {
      advance(client, toClient, toServer);
      advance(server, toServer, toClient);
      if (isDone(client) && isDone(server)) {
        return;
      }
    }
    throw new SSLException("the handshake did not end");
  }

  private void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    SSLEngineResult.Status status = SSLEngineResult.Status.OK;
    while (!isDone(engine) && status == SSLEngineResult.Status.OK) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> status = engine.wrap(nothing, out).getStatus();
        default -> {
          in.flip();
          status = engine.unwrap(in, received).getStatus();
          in.compact();
        }
      }
    }
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !"SSL_NULL_WITH_NULL_NULL".equals(engine.getSession().getCipherSuite());
  }

  /** Trust is not what is rehearsed: the names are checked by every browser. */
  private static final class Whoever implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("a client's trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // See the class comment.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
