package dev.inkan.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Clients that trust one root, with and without a certificate of their own. */
final class TrustedClients {

  private final TrustManager[] trust;

  TrustedClients(Path root) {
    try (InputStream in = Files.newInputStream(root)) {
      trust =
          new TrustManager[] {
            new AtTheServersTime(
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
          };
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SSLContext context() {
    return context(null);
  }

  HttpClient anonymous() {
    return client(context(null));
  }

  /** A client that shows the certificate of {@code pfx}. */
  HttpClient with(byte[] pfx, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(pfx), password.toCharArray());
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, password.toCharArray());
      return client(context(keys.getKeyManagers()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext context(KeyManager @Nullable [] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }
}
