package dev.inkan.server;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts what leads to one root at the time when the server's certificate began: a test moves the
 * server's clock by years, and a renewed certificate is then not valid yet by this machine's.
 */
final class AtTheServersTime implements X509TrustManager {

  private static final Duration INTO_IT = Duration.ofMinutes(1);

  private final X509Certificate root;

  AtTheServersTime(X509Certificate root) {
    this.root = root;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(chain[0].getNotBefore().toInstant().plus(INTO_IT)));
      List<X509Certificate> path =
          Arrays.stream(chain).filter(certificate -> !certificate.equals(root)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {root};
  }
}
