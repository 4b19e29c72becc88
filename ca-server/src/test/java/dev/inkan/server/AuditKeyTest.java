package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.AuditVerdict;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.audit.AuditExport;
import dev.inkan.server.audit.Checkpoints;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.AuditKey;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Initialisation;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.ExportedTrail;
import dev.inkan.server.store.JdbiAuditStore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D4")
final class AuditKeyTest {

  private static final String CONFIGURATION =
      """
      web:
        public-url: https://localhost:8443
      status:
        base-url: http://localhost:8080
      mail:
        host: 127.0.0.1
        security: none
        from: inkan@mihon-rokin.example
      """;

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  @Test
  @DisplayName("D4: the audit key is made by init, or by the server where it is missing")
  void made() throws Exception {
    Path file = folder.resolve("inkan.yaml");
    Files.writeString(file, CONFIGURATION);
    InkanConfig before = ConfigFile.loadForInit(file, Map.of());
    Host host = new Host(clock, random, before.node());
    new Initialisation(before, host).run();
    InkanConfig config = ConfigFile.load(file, Map.of());
    Path key = folder.resolve("keys/audit.p12");
    Path passphrase = folder.resolve("keys/audit.passphrase");
    assertOwnersAlone(key, passphrase);

    try (Storage storage = Storage.open(config, clock, random)) {
      assertSigns(config, host, storage, 1);
      byte[] first = Files.readAllBytes(key);

      Files.delete(key);
      Files.delete(passphrase);
      assertSigns(config, host, storage, 2);
      assertOwnersAlone(key, passphrase);
      assertThat(Files.readAllBytes(key)).isNotEqualTo(first);
    }
  }

  /** Signs what there is, which the root's certificate then proves. */
  private void assertSigns(InkanConfig config, Host host, Storage storage, long checkpoints)
      throws Exception {
    JdbiAuditStore store = new JdbiAuditStore(storage.database());
    AuditKey key =
        new AuditKey(
            config,
            host,
            Authorities.open(config, host, storage),
            new ClockGuard(storage.transactions(), host.clock(), ClockPolicy.BANK));
    new Checkpoints(store, key.open(storage), clock).run();
    new Checkpoints(store, key.open(storage), clock).run();
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    new AuditExport(store, clock).writeTo(export);

    String root = Files.readString(config.authority().rootCertificateFile());
    AuditVerdict verdict = ExportedTrail.verify(export.toByteArray(), root);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.checkpoints()).isEqualTo(checkpoints);
    assertThat(verdict.reach().uncovered()).isZero();
  }

  private static void assertOwnersAlone(Path... files) throws Exception {
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }
}
