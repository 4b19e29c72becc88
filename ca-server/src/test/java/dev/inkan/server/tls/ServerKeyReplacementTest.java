package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.tls.TlsTestPki.Issued;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerKeyReplacementTest {

  @TempDir Path folder;

  @Test
  @DisplayName("A listener that runs shows the certificate that took the other's place")
  void replaced() throws Exception {
    TlsTestPki pki = new TlsTestPki();
    Issued first = pki.server();
    Issued second = pki.server();
    ServerKey key = ServerKeyTest.load(first.pkcs12(folder.resolve("first.p12")));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(key.keyManagers(), null, null);

    try (SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
      assertThat(shownBy(listener)).isEqualTo(first.certificate());
      key.replaceBy(ServerKeyTest.load(second.pkcs12(folder.resolve("second.p12"))));
      assertThat(shownBy(listener)).isEqualTo(second.certificate());
      assertThat(key.certificate()).isEqualTo(second.certificate());
      key.replaceBy(ServerKeyTest.load(folder.resolve("first.p12")));
      assertThat(shownBy(listener)).isEqualTo(first.certificate());
    }
  }

  private static X509Certificate shownBy(SSLServerSocket listener) throws Exception {
    CompletableFuture<Void> served =
        CompletableFuture.runAsync(
            () -> {
              try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
                socket.getInputStream().read();
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    SSLContext asking = SSLContext.getInstance("TLS");
    asking.init(null, new TrustManager[] {new Whoever()}, null);
    try (SSLSocket socket =
        (SSLSocket) asking.getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } finally {
      served.join();
    }
  }

  private static final class Whoever implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
