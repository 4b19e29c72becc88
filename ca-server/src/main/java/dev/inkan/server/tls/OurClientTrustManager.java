package dev.inkan.server.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Lets through the handshake whoever shows a certificate that one of our CAs signed, expired and
 * revoked ones and those of every kind included: the application says what it is worth, in words.
 * Everybody else, another CA of the same name included, gets a TLS alert and never reaches the HTTP
 * parser (S7).
 */
final class OurClientTrustManager extends ClientTrustManager {

  OurClientTrustManager(List<X509Certificate> issuers) {
    super(issuers);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain.length == 0 || issuers().stream().noneMatch(issuer -> signed(issuer, chain[0]))) {
      throw new CertificateException("not signed by our CA");
    }
  }

  // Names first: a stranger's certificate costs no signature.
  private static boolean signed(X509Certificate issuer, X509Certificate shown) {
    try {
      if (!issuer.getSubjectX500Principal().equals(shown.getIssuerX500Principal())) {
        return false;
      }
      shown.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException forged) {
      return false;
    }
  }
}
