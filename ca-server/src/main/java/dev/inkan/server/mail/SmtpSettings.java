package dev.inkan.server.mail;

import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.MailConfig;
import dev.inkan.server.config.MailConfig.Security;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The mail server and how to talk to it.
 *
 * @param connectTimeout the wait for a connection
 * @param readTimeout the wait for each answer, and for what is written to be taken
 * @param trustFile certificates in PEM that the server's must lead to, instead of the JDK's
 */
public record SmtpSettings(
    String host,
    int port,
    Security security,
    Optional<Login> login,
    Duration connectTimeout,
    Duration readTimeout,
    Optional<Path> trustFile) {

  /** The submission account; the password is read anew for each connection. */
  public record Login(String username, SecretFile password) {}

  public static SmtpSettings of(MailConfig mail) {
    return new SmtpSettings(
        mail.host(),
        mail.port(),
        mail.security(),
        mail.username()
            .flatMap(name -> mail.passwordFile().map(password -> new Login(name, password))),
        mail.connectTimeout(),
        mail.readTimeout(),
        mail.trustFile());
  }

  /**
   * What makes TLS sockets that trust the server.
   *
   * @throws ConfigurationException if the trust file holds no certificates
   */
  SSLSocketFactory socketFactory() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      if (trustFile.isEmpty()) {
        context.init(null, null, null);
      } else {
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors(trustFile.get()));
        context.init(null, trust.getTrustManagers(), null);
      }
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigurationException(
          List.of(
              "mail.trust-file: "
                  + trustFile.map(Path::toString).orElse("")
                  + " holds no certificates in PEM; to mend: put the mail server's CA there"));
    }
  }

  private static KeyStore anchors(Path file) throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (InputStream stream = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (certificates.isEmpty()) {
        throw new IOException("empty");
      }
      for (Certificate certificate : certificates) {
        anchors.setCertificateEntry("anchor-" + anchors.size(), certificate);
      }
    }
    return anchors;
  }
}
