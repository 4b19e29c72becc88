package dev.inkan.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client certificate through the handshake, so that a visitor with an expired, revoked
 * or foreign one is told so on a page instead of by a TLS alert (B1). That the visitor holds the
 * key is still proven by {@code CertificateVerify}; what the certificate is worth is for {@link
 * ClientCertificateReader} to say. Nobody else may rely on the handshake.
 *
 * <p>The advertised names are those of our CAs: browsers offer only certificates issued under them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2">RFC 8446, section 4.3.2</a>
 */
final class AnyClientTrustManager extends X509ExtendedTrustManager {

  private final List<X509Certificate> advertised;

  AnyClientTrustManager(List<X509Certificate> advertised) {
    this.advertised = List.copyOf(advertised);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return advertised.toArray(X509Certificate[]::new);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Left to the application: see the class comment.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    // Left to the application: see the class comment.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    // Left to the application: see the class comment.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this trust manager is for a server alone");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }
}
