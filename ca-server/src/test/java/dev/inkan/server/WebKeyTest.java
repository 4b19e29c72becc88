package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.installation.WebKey;
import dev.inkan.server.key.KeyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The web certificate renews itself, and a new file is taken up")
final class WebKeyTest {

  private static final ClockPolicy AS_THE_TEST_SAYS = new ClockPolicy(Duration.ofDays(36_500));

  @TempDir Path folder;
  private final ShiftedClock clock = new ShiftedClock();
  private InkanConfig config;
  private Storage storage;
  private Authorities authorities;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    Path configuration = Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
    FreshInstallation.into(folder);
    config = ConfigFile.load(configuration, Map.of());
    storage = Storage.open(config, clock, new SecureRandom());
    authorities = Authorities.open(config, host(), storage);
    file = folder.resolve("keys/tls.p12");
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private Host host() {
    return new Host(clock, new SecureRandom(), config.node());
  }

  private WebKey key(ClockPolicy policy) {
    return WebKey.open(
        config,
        host(),
        new ClockGuard(storage.transactions(), clock, policy),
        authorities,
        storage.transactions());
  }

  @Test
  @Tag("S8")
  @DisplayName("60 days before its end our own is renewed, recorded first, and shown at once")
  void renewed() throws Exception {
    WebKey key = key(AS_THE_TEST_SAYS);
    Instant first = key.end();
    clock.advance(Duration.ofDays(336));
    key.check();
    assertThat(key.end()).isEqualTo(first);

    clock.advance(Duration.ofDays(2));
    key.check();

    assertThat(Duration.between(first, key.end()).toDays()).isBetween(337L, 338L);
    X509Certificate shown = key.shown().certificate();
    assertThat(ledgerHas(shown)).isTrue();
    assertThat(shown.getSubjectAlternativeNames().toString()).contains("localhost", "127.0.0.1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] renewed = Files.readAllBytes(file);
    key.check();
    assertThat(Files.readAllBytes(file)).as("once").isEqualTo(renewed);
    assertThat(key(AS_THE_TEST_SAYS).end()).isEqualTo(key.end());
  }

  private boolean ledgerHas(X509Certificate certificate) throws Exception {
    Fingerprint fingerprint = Fingerprint.of(Der.copyOf(certificate.getEncoded()));
    return storage
        .transactions()
        .inTransaction(stores -> stores.certificates().find(fingerprint))
        .isPresent();
  }

  @Test
  @DisplayName(
      "It is renewed under a passphrase that is a credential of systemd's, whatever its mode")
  void credential() throws Exception {
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    Path secret = credentials.resolve("tls.passphrase");
    Files.move(folder.resolve("keys/tls.passphrase"), secret);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r-----"));
    config =
        ConfigFile.load(
            folder.resolve("inkan.yaml"),
            Map.of(
                "CREDENTIALS_DIRECTORY",
                credentials.toString(),
                "INKAN_WEB_TLS_PASSPHRASE_FILE",
                "credential:tls.passphrase"));
    WebKey key = key(AS_THE_TEST_SAYS);
    Instant first = key.end();
    clock.advance(Duration.ofDays(338));

    key.check();

    assertThat(key.end()).isAfter(first);
  }

  @Test
  @DisplayName("While the clock is off the database's nothing is signed, and the old one is shown")
  void clockOff() throws Exception {
    byte[] before = Files.readAllBytes(file);
    clock.advance(Duration.ofDays(340));

    WebKey key = key(ClockPolicy.BANK);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(key.end()).isAfter(clock.instant());
  }

  @Test
  @DisplayName("Another file is taken up; one that cannot be used is not, and the old one is shown")
  void takenUp() throws Exception {
    WebKey key = key(AS_THE_TEST_SAYS);
    X509Certificate first = key.shown().certificate();
    Files.writeString(file, "no PKCS#12");
    key.check();
    assertThat(key.shown().certificate()).isEqualTo(first);

    Path next = folder.resolve("next");
    new KeyFolder(new SecureRandom())
        .writeKey(
            next,
            new SecretFile(folder.resolve("keys/tls.passphrase")),
            WebKey.make(config, authorities.webCertificates()).credential());
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    key.check();

    assertThat(key.shown().certificate()).isNotEqualTo(first);
  }
}
