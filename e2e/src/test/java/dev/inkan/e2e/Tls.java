package dev.inkan.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts for clients that trust one root alone, and for servers. */
final class Tls {

  private Tls() {}

  /** A client without certificate. */
  static SSLContext trusting(X509Certificate root) {
    return context(root, new KeyManager[0]);
  }

  /** A client that shows the certificate in {@code file}. */
  static SSLContext trusting(X509Certificate root, Path file, String password) {
    return context(root, keys(file, password));
  }

  /** A server that shows the certificate in {@code file}. */
  static SSLContext serving(Path file, String password) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(file, password), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificates in a file, in PEM or DER. */
  static List<X509Certificate> certificates(Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static SSLContext context(X509Certificate root, KeyManager[] keys) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("root", root);
      var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusts.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusts.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keys(Path file, String password) {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, password.toCharArray());
      return keys.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot open " + file, e);
    }
  }
}
