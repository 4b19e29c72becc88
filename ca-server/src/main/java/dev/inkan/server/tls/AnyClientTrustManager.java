package dev.inkan.server.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Lets every client certificate through the handshake, so that a visitor with an expired, revoked
 * or foreign one is told so on a page instead of by a TLS alert (B1). That the visitor holds the
 * key is still proven by {@code CertificateVerify}; what the certificate is worth is for {@link
 * ClientCertificateReader} to say. Nobody else may rely on the handshake.
 */
final class AnyClientTrustManager extends ClientTrustManager {

  AnyClientTrustManager(List<X509Certificate> advertised) {
    super(advertised);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Left to the application: see the class comment.
  }
}
