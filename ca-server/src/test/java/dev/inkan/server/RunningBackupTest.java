package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backups of a server that goes on issuing and revoking meanwhile. */
final class RunningBackupTest {

  private static final int CERTIFICATES = 200;
  private static final int BEFORE = 10;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();

  @TempDir private Path folder;

  @Test
  @Tag("D2")
  @Tag("E1")
  @DisplayName("Nothing acknowledged before a backup began is lost by its restore, H2 file or not")
  void whileRevoking() throws Exception {
    Path passphrase = Files.writeString(folder.resolve("backup.passphrase"), "correct horse");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    Path backups = folder.resolve("backups");
    Path place = Files.createDirectory(folder.resolve("server"));
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    Set<String> before;
    Person issued;
    try (TestServer server =
        TestServer.start(
            place,
            "INKAN_BACKUP_FOLDER",
            backups.toString(),
            "INKAN_BACKUP_PASSPHRASE_FILE",
            passphrase.toString(),
            "INKAN_BACKUP_KEEP",
            "1")) {
      Path first = awaitOther(backups, Path.of("none"));
      List<String> serials = certificates(server);
      Staff clerk = server.operator("kimura", "CLERK");
      ExecutorService threads = Executors.newSingleThreadExecutor();
      AtomicBoolean over = new AtomicBoolean();
      try {
        Future<?> revoking = threads.submit(() -> revoke(clerk, serials, acknowledged, over));
        issued = server.newPerson();
        Visitor visitor = server.visitor(issued).issued();
        assertThat(visitor.download().octets()).isNotEmpty();
        Awaitility.await().until(() -> acknowledged.size() >= BEFORE);
        before = Set.copyOf(acknowledged);
        server.clock().advance(Duration.ofHours(24));
        server.runBackup();
        assertThat(acknowledged.size()).as("revoked meanwhile").isGreaterThan(before.size());
        over.set(true);
        revoking.get();
      } finally {
        threads.shutdownNow();
      }
      assertThat(first).as("keep: 1").doesNotExist();
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(metrics(server))
                      .containsPattern("inkan_backup_age_seconds [0-9.E]+\n"));
      assertThat(lockedOut(place, passphrase))
          .contains("has", "open. A running server makes its backups itself: set backup.folder");
    }
    Path backup = awaitOther(backups, Path.of("none"));

    Path alone = restored("alone", backup, passphrase);
    List<String> revoked = revokedAfterStart(alone, issued);
    assertThat(revoked)
        .as("acknowledged before it began; since then the journal would tell")
        .containsAll(before);
  }

  private static void revoke(
      Staff clerk, List<String> serials, Set<String> acknowledged, AtomicBoolean over) {
    for (String serial : serials) {
      if (over.get()) {
        return;
      }
      Staff.Answer answer =
          clerk.post("/certificates/" + serial + "/revoke", Map.of("reason", "KEY_COMPROMISE"));
      if (answer.status() != 200) {
        throw new IllegalStateException(answer.text());
      }
      acknowledged.add(serial);
    }
  }

  /** The backup there, once there is one but {@code not}. */
  private static Path awaitOther(Path backups, Path not) {
    List<Path> found = new ArrayList<>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              found.clear();
              if (Files.isDirectory(backups)) {
                try (Stream<Path> files = Files.list(backups)) {
                  files.filter(it -> it.toString().endsWith(".backup")).forEach(found::add);
                }
              }
              found.remove(not);
              return !found.isEmpty();
            });
    return found.get(0);
  }

  private List<String> certificates(TestServer server) {
    Instant now = server.clock().instant();
    List<String> serials = new ArrayList<>();
    for (int i = 0; i < CERTIFICATES; i++) {
      SerialNumber serial = SerialNumber.random(random);
      CertificateRecord entry =
          CertificateRecord.prepared(
                  serial,
                  CertificateKind.TLS_SERVER,
                  CaName.ISSUING,
                  new SubscriberId("tls-server"),
                  Validity.lasting(Duration.ofDays(30), now),
                  now,
                  new NodeName("node-1"))
              .issued();
      server
          .storage()
          .transactions()
          .inTransaction(
              stores -> {
                stores.certificates().restore(entry, Der.copyOf(serial.value().toByteArray()));
                return true;
              });
      serials.add(serial.toString());
    }
    return serials;
  }

  private static String metrics(TestServer server) throws Exception {
    URI metrics = server.managementUrl().resolve("/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String lockedOut(Path place, Path passphrase) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                InkanServer.class.getName(),
                "backup",
                folder.resolve("by-hand.backup").toString(),
                "--passphrase-file=" + passphrase,
                "--config=" + place.resolve("inkan.yaml"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    return said;
  }

  private Path restored(String name, Path backup, Path passphrase) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.writeString(place.resolve("inkan.yaml"), TestServer.CONFIGURATION);
    StringWriter said = new StringWriter();
    CommandLine line = InkanServer.commandLine(clock, random);
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int status =
        line.execute(
            "restore",
            backup.toString(),
            "--passphrase-file=" + passphrase,
            "--config=" + place.resolve("inkan.yaml"));
    assertThat(status).as(said.toString()).isZero();
    return place;
  }

  /** The ledger as the start leaves it, once it united with the journal. */
  private static List<String> revokedAfterStart(Path place, Person issued) {
    try (TestServer server = TestServer.start(place)) {
      assertThat(server.ledger(issued)).as("issued before it began").containsExactly("ISSUED");
      return server.query("SELECT serial_number FROM certificate WHERE revoked_at IS NOT NULL");
    }
  }
}
