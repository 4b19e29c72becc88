package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.key.Passphrase;
import dev.inkan.server.tls.TlsTestPki.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S18")
class ServerKeyTest {

  @TempDir Path folder;

  private final TlsTestPki pki = new TlsTestPki();

  static ServerKey load(Path file) {
    try (Passphrase passphrase = Passphrase.copyOf(TlsTestPki.PASSWORD)) {
      return ServerKey.load(file, passphrase);
    }
  }

  @Test
  void aGoodFileOpensWithEcAndWithRsa() {
    Issued ec = pki.server();
    Issued rsa = pki.rsaServer();
    assertThat(load(ec.pkcs12(folder.resolve("ec.p12"))).certificate()).isEqualTo(ec.certificate());
    assertThat(load(rsa.pkcs12(folder.resolve("rsa.p12"))).certificate())
        .isEqualTo(rsa.certificate());
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused(folder.resolve("none.p12"), "there is no such file");
  }

  @Test
  void anotherPassphraseIsSaidSoAndNotShown() {
    Path file = pki.server().pkcs12(folder.resolve("server.p12"));
    try (Passphrase wrong = Passphrase.copyOf("Wr0ng!secret".toCharArray())) {
      assertThatExceptionOfType(ServerKeyException.class)
          .isThrownBy(() -> ServerKey.load(file, wrong))
          .withMessageContaining("the passphrase does not open it")
          .withMessageContaining(file.toString())
          .withMessageNotContaining("Wr0ng");
    }
  }

  @Test
  void aFileEverybodyCanReadIsRefused() throws IOException {
    Path file = pki.server().pkcs12(folder.resolve("server.p12"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(file, "chmod 600");
  }

  @Test
  @DisplayName("a certificate of another key shows at the start")
  void anotherCertificatesKeyIsRefused() {
    Path ec =
        TlsTestPki.store(folder.resolve("ec.p12"), TlsTestPki.ec(), pki.server().certificate());
    assertRefused(ec, "does not belong to its certificate");
    Path rsa =
        TlsTestPki.store(
            folder.resolve("rsa.p12"), TlsTestPki.rsa(2048), pki.rsaServer().certificate());
    assertRefused(rsa, "does not belong to its certificate");
  }

  @Test
  void aWeakKeyIsRefused() {
    Issued weak =
        pki.leaf(
            TlsTestPki.rsa(1024),
            "localhost",
            TlsTestPki.now(),
            TlsTestPki.now().plusSeconds(60),
            KeyPurposeId.id_kp_serverAuth);
    assertRefused(weak.pkcs12(folder.resolve("weak.p12")), "too weak");
  }

  @Test
  void aCutOrChangedFileIsRefused() throws IOException {
    Issued issued = pki.server();
    Path file = issued.pkcs12(folder.resolve("server.p12"));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 97) {
      Files.write(file, Arrays.copyOf(good, length));
      assertRefused(file, "server.p12");
    }
    for (int at = 0; at < good.length; at += 97) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertRefusedOrUnharmed(file, issued.certificate());
    }
  }

  /** An octet outside what the MAC covers may change without harm; nothing may come out changed. */
  private static void assertRefusedOrUnharmed(Path file, X509Certificate expected) {
    try {
      assertThat(load(file).certificate()).isEqualTo(expected);
    } catch (ServerKeyException refused) {
      assertThat(refused).hasMessageContaining(file.toString());
    }
  }

  private void assertRefused(Path file, String saying) {
    assertThatExceptionOfType(ServerKeyException.class)
        .isThrownBy(() -> load(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(saying);
  }
}
