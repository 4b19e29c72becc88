package dev.inkan.admin.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Both sides' certificates: the operator's to show, and the roots to judge the server by. */
final class TlsContext {

  private TlsContext() {}

  /**
   * The context of {@code settings}.
   *
   * @throws SettingsException if the files cannot be used
   */
  static SSLContext of(ConnectionSettings settings, Password password) {
    CredentialFile credential = CredentialFile.open(settings.credential(), password);
    List<X509Certificate> roots =
        settings.trust().map(TlsContext::roots).orElseGet(credential::roots);
    if (roots.isEmpty()) {
      throw new SettingsException(
          "no root to check the server by: " + settings.credential() + " holds none",
          "give --trust ROOT.pem");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(credential.keys(), trust(roots), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> roots)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < roots.size(); i++) {
      store.setCertificateEntry("root" + i, roots.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static List<X509Certificate> roots(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> roots = new ArrayList<>();
      for (Certificate found : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.add((X509Certificate) found);
      }
      return Optional.of(roots)
          .filter(it -> !it.isEmpty())
          .orElseThrow(() -> new SettingsException(file + " holds no certificate", ADVICE));
    } catch (IOException e) {
      throw new SettingsException(file + " cannot be read", ADVICE, e);
    } catch (CertificateException e) {
      throw new SettingsException(file + " holds no certificates in PEM", ADVICE, e);
    }
  }

  private static final String ADVICE = "give --trust ROOT.pem, the CA's root certificate";
}
