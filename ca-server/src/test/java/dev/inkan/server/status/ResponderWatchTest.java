package dev.inkan.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Credential;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the responder's key is replaced, to the second. */
@Tag("E1")
class ResponderWatchTest {

  private static final TestPki PKI = DeskFixture.PKI;

  @TempDir Path folder;

  private final MutableClock clock = new MutableClock(TestPki.NOW.plusSeconds(3600));
  private final ResponderKeys keys = new ResponderKeys(CaName.ISSUING);
  private final List<Instant> renewals = new ArrayList<>();
  private AuthorityKey file;
  private ResponderWatch watch;

  @BeforeEach
  void watch() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("inkan.yaml"),
            """
            web:
              public-url: https://localhost:8443
            status:
              base-url: http://localhost:8080
              responder-key-file: responder.p12
              responder-passphrase-file: responder.passphrase
            mail:
              host: 127.0.0.1
              from: inkan@mihon-rokin.example
            """);
    InkanConfig config = ConfigFile.loadForInit(configuration, Map.of());
    file = new AuthorityKeys(config, PKI.providers(), new SecureRandom()).responder();
    watch =
        new ResponderWatch(
            file,
            folder.resolve("responder.lock"),
            PKI.issuing().certificate(),
            keys,
            this::renew,
            clock);
  }

  private void renew() {
    file.replace(made(PKI));
    renewals.add(clock.instant());
  }

  private Credential made(TestPki pki) {
    return pki.ocspResponderCertificates(clock).make("bank").credential();
  }

  private Validity current() {
    return keys.current().orElseThrow().validity();
  }

  @Test
  @DisplayName("E1: the first is made at once, and the next at half life: not a second sooner")
  void atHalfLife() {
    watch.check();
    assertThat(renewals).hasSize(1);
    Validity first = current();
    Duration half = Duration.between(first.notBefore(), first.end()).dividedBy(2);
    Instant due = first.notBefore().plus(half);

    clock.advance(Duration.between(clock.instant(), due).minusSeconds(1));
    watch.check();
    assertThat(renewals).hasSize(1);

    clock.advance(Duration.ofSeconds(1));
    watch.check();
    assertThat(renewals).hasSize(2);
    assertThat(current().end()).isAfter(first.end());
    watch.check();
    assertThat(renewals).as("and is taken up").hasSize(2);
  }

  @Test
  @DisplayName("E1: another server's renewal is taken up, and none is made beside it")
  void takesUpAnothers() {
    watch.check();
    Validity first = current();
    clock.advance(Duration.ofDays(20));
    file.replace(made(PKI));
    watch.check();
    assertThat(renewals).hasSize(1);
    assertThat(current().end()).isAfter(first.end());
  }

  @Test
  @DisplayName("E1: a key that another CA delegated to, or that begins later, is replaced")
  void replacesWhatIsNoUse() {
    file.replace(made(new TestPki(TestPki.NOW)));
    watch.check();
    assertThat(renewals).hasSize(1);
    clock.advance(Duration.ofMinutes(-30));
    watch.check();
    assertThat(renewals).hasSize(2);
  }
}
