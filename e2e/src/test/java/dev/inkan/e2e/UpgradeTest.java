package dev.inkan.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the previous version to this one and back. Run by {@code bin/test-upgrade}, which builds the
 * previous version first and names it in {@code inkan.previous.jar}.
 */
@Tag("upgrade")
class UpgradeTest {

  private static final String SETTINGS =
      "authority: {subscriber-key: p-256, key-pool-size: 1}\npfx: {iterations: 10000}\n";

  private static final User AFTERWARDS = User.of("afterwards01");
  private static final User REVOKED_AFTERWARDS = User.of("afterwards02");
  private static final User BACK = User.of("back01");

  @TempDir private Path folder;

  private final Map<String, Duration> times = new LinkedHashMap<>();
  private final Map<User, SerialNumber> serials = new HashMap<>();
  private Path previous;

  @BeforeEach
  void jar() {
    previous = Path.of(System.getProperty("inkan.previous.jar")).toAbsolutePath();
    assertThat(previous).isRegularFile();
  }

  @Test
  @Tag("D2")
  @DisplayName("Up, on, and back again: nothing is un-revoked, no number is used twice")
  void upAndBack() throws Exception {
    Path place = Files.createDirectory(folder.resolve("installation"));
    try (Installation old = Installation.makeBy(previous, place, SETTINGS)) {
      old.users(AFTERWARDS.line(), REVOKED_AFTERWARDS.line(), BACK.line());
      EarlierLife life = EarlierLife.live(old);
      Installation present = old.runBy(ServerProcess.jar());
      Path backup = migrated(present);
      BigInteger number = afterwards(present, life);

      goBack(old, backup);

      try (ServerProcess server = served("serve, the previous version", old::serve)) {
        requireAll(old, life);
        assertThat(crlNumber(status(old))).isGreaterThan(number);
        issue(old, BACK);
        server.terminate();
      }
      requireNoNumberTwice(old);
      migrated(present);
      try (ServerProcess server = served("serve, this version again", present::serve)) {
        requireAll(present, life);
        server.terminate();
      }
      requireNoNumberTwice(present);
    }
    times.forEach((what, time) -> System.out.printf("%-32s %6d ms%n", what, time.toMillis()));
  }

  /** Brings the schema up to date; gives back the backup made before. */
  private Path migrated(Installation present) throws IOException {
    Path passphrase = folder.resolve("backup.passphrase");
    Files.writeString(passphrase, "correct horse battery staple");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    Path backup = folder.resolve("before-" + times.size() + ".backup");
    String[] arguments = {"--backup=" + backup, "--passphrase-file=" + passphrase};
    String said = timed("migrate, backup included", () -> present.command("migrate", arguments));
    System.out.print(said);
    if (!Files.exists(backup)) {
      assertThat(said).contains("up to date");
      timed(
          "backup",
          () -> present.command("backup", backup.toString(), "--passphrase-file=" + passphrase));
    }
    return backup;
  }

  private BigInteger afterwards(Installation present, EarlierLife life) throws IOException {
    try (ServerProcess server = served("serve, this version", present::serve)) {
      for (EarlierLife.State state : EarlierLife.State.values()) {
        assertThat(isRevoked(present, life.serial(state)))
            .as("%s", state)
            .isEqualTo(state == EarlierLife.State.REVOKED || state == EarlierLife.State.HELD);
      }
      issue(present, AFTERWARDS);
      issue(present, REVOKED_AFTERWARDS);
      Clerk clerk = Clerk.added(present.folder(), present.adminUri(), "sato");
      clerk.revoke(present.adminUri(), life.serial(EarlierLife.State.GOOD));
      clerk.revoke(present.adminUri(), serial(REVOKED_AFTERWARDS));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> status(present).lists(serial(REVOKED_AFTERWARDS)));
      BigInteger number = crlNumber(status(present));
      server.terminate();
      return number;
    }
  }

  /** As docs/upgrade.md says: the journal and the configuration stay, everything else goes. */
  private void goBack(Installation old, Path backup) throws IOException {
    Path place = old.folder();
    Path aside = Files.createDirectory(folder.resolve("aside"));
    for (String name : List.of("keys", "data/inkan.mv.db", "mail.password", "mail-root.pem")) {
      Files.move(place.resolve(name), aside.resolve(Path.of(name).getFileName()));
    }
    timed(
        "restore, the previous version",
        () ->
            old.command(
                "restore",
                backup.toString(),
                "--passphrase-file=" + folder.resolve("backup.passphrase")));
  }

  private void requireAll(Installation installation, EarlierLife life) {
    assertThat(isRevoked(installation, life.serial(EarlierLife.State.GOOD)))
        .as("revoked since the upgrade")
        .isTrue();
    assertThat(isRevoked(installation, serial(REVOKED_AFTERWARDS))).isTrue();
    assertThat(isRevoked(installation, life.serial(EarlierLife.State.REVOKED))).isTrue();
    assertThat(isRevoked(installation, life.serial(EarlierLife.State.HELD))).isTrue();
    assertThat(isRevoked(installation, life.serial(EarlierLife.State.RELEASED))).isFalse();
    assertThat(isRevoked(installation, serial(AFTERWARDS)))
        .as("issued since the upgrade, and known")
        .isFalse();
    assertThat(status(installation).ask(serial(AFTERWARDS)).status())
        .isInstanceOf(CertificateStatus.Good.class);
  }

  private static boolean isRevoked(Installation installation, SerialNumber serial) {
    StatusClient status = status(installation);
    boolean revoked = status.isRevoked(serial);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status.lists(serial) == revoked);
    return revoked;
  }

  private static StatusClient status(Installation installation) {
    URI listener = URI.create("http://127.0.0.1:" + installation.statusPort());
    return new StatusClient(listener, installation.issuing());
  }

  private static BigInteger crlNumber(StatusClient status) {
    byte[] extension = status.crl().getExtensionValue("2.5.29.20");
    return ASN1Integer.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getValue();
  }

  private void issue(Installation installation, User user) {
    serials.put(
        user, EarlierLife.issue(installation, user, folder.resolve(user.userId() + ".p12")));
  }

  private SerialNumber serial(User user) {
    return requireNonNull(serials.get(user));
  }

  private static void requireNoNumberTwice(Installation installation) {
    LedgerCopy ledger = installation.ledger();
    assertThat(ledger.rows()).extracting(LedgerCopy.Row::serial).doesNotHaveDuplicates();
    assertThat(ledger.reserved()).doesNotHaveDuplicates();
  }

  private ServerProcess served(String what, Supplier<ServerProcess> serving) {
    long begun = System.nanoTime();
    ServerProcess server = serving.get();
    times.put(what, Duration.ofNanos(System.nanoTime() - begun));
    return server;
  }

  private String timed(String what, Supplier<Command.Outcome> step) {
    long begun = System.nanoTime();
    String said = step.get().orFail().output();
    times.put(what, Duration.ofNanos(System.nanoTime() - begun));
    return said;
  }

  @Test
  @Tag("D2")
  @DisplayName("Over PostgreSQL a running server of the previous version goes on meanwhile")
  void whileThePreviousRuns() throws Exception {
    Path place = Files.createDirectory(folder.resolve("rolling"));
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("postgres"))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start()) {
      String database =
          "database: {url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: postgres}\n"
              .formatted(postgres.getPort());
      try (Installation old = Installation.makeBy(previous, place, SETTINGS + database)) {
        old.users(AFTERWARDS.line(), REVOKED_AFTERWARDS.line(), BACK.line());
        Installation present = old.runBy(ServerProcess.jar());
        try (ServerProcess running = old.serve()) {
          issue(old, REVOKED_AFTERWARDS);
          Clerk clerk = Clerk.added(place, old.adminUri(), "kimura");
          migrated(present);
          issue(old, AFTERWARDS);
          clerk.revoke(old.adminUri(), serial(REVOKED_AFTERWARDS));
          running.terminate();
        }
        assertThat(old.command("serve").output())
            .as("once stopped it does not come back")
            .contains("newer program");
        try (ServerProcess server = served("serve, over PostgreSQL", present::serve)) {
          assertThat(isRevoked(present, serial(REVOKED_AFTERWARDS))).isTrue();
          assertThat(isRevoked(present, serial(AFTERWARDS))).isFalse();
          issue(present, BACK);
          server.terminate();
        }
      }
    }
    times.forEach((what, time) -> System.out.printf("%-32s %6d ms%n", what, time.toMillis()));
  }

  /** Leaves what an earlier version made, for {@code UpgradeTest} of the server. */
  @Test
  @DisplayName("An installation of the previous version, packed where inkan.upgrade.keep says")
  void keep() throws IOException {
    Path place = Files.createDirectory(folder.resolve("kept"));
    try (Installation old = Installation.makeBy(previous, place, SETTINGS)) {
      Path file = folder.resolve("kept.zip");
      EarlierLife.live(old).keep(file, System.getProperty("inkan.previous.version", ""));
      assertThat(file).isNotEmptyFile();
      String keep = System.getProperty("inkan.upgrade.keep", "");
      if (!keep.isEmpty()) {
        Files.copy(file, Path.of(keep));
      }
    }
  }
}
