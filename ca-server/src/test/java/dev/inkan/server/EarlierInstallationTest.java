package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.server.EarlierInstallation.State;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.store.AuditTrail;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.Engine;
import dev.inkan.server.store.OlderDatabase;
import dev.inkan.server.store.SchemaUpgrade;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Installations that earlier versions made, brought up to date: nothing of them is lost. */
final class EarlierInstallationTest {

  @TempDir private Path folder;

  private record Run(int status, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  @ParameterizedTest(name = "of schema {0}, on {1}")
  @CsvSource({"6, POSTGRESQL", "7, H2"})
  @Tag("D2")
  @Tag("E1")
  @Tag("E2")
  @DisplayName("Every certificate stands as it stood, in OCSP and CRL; users and the trail go on")
  void goesOn(String version, Engine engine) throws Exception {
    EarlierInstallation earlier = EarlierInstallation.unpack(version, folder);
    DatabaseSettings database = database(version, engine);
    String[] settings = settings(database);
    migrate(version, database);

    try (TestServer server = TestServer.startAt(folder, earlier.takeover(), settings)) {
      requireStates(server, earlier);
      Browser in = server.logIn(earlier.holder(State.GOOD), earlier.pfx(State.GOOD));
      assertThat(in.get("/home").status()).isEqualTo(200);
      Visitor next = server.visitor(earlier.holder(State.REVOKED)).issued();
      assertThat(next.download().octets()).isNotEmpty();
      assertThat(server.query("SELECT COUNT(*) - COUNT(DISTINCT serial_number) FROM certificate"))
          .as("no number twice")
          .containsExactly("0");
      assertThat(
              server.query(
                  "SELECT COUNT(*) FROM mail_outbox WHERE recipient = '"
                      + earlier.waiting().mail()
                      + "'"))
          .as("the mail that waited")
          .containsExactly("1");
      server.stop();
      AuditTrail.requireWhole(server.storage().database());
    }
  }

  @Test
  @Tag("D2")
  @DisplayName("The way back: what was revoked since the upgrade stays revoked, by the journal")
  void wayBack() throws Exception {
    EarlierInstallation earlier = EarlierInstallation.unpack("6", folder);
    DatabaseSettings database = database("6", Engine.H2);
    String[] settings = settings(database);
    migrate("6", database);
    SerialNumber since;
    try (TestServer server = TestServer.startAt(folder, earlier.takeover(), settings)) {
      requireStates(server, earlier);
      Staff clerk = server.operator("sato", "CLERK");
      Staff.Answer done =
          clerk.post(
              "/certificates/" + earlier.serial(State.GOOD) + "/revoke",
              Map.of("reason", "KEY_COMPROMISE"));
      assertThat(done.status()).as(done.text()).isEqualTo(200);
      Visitor next = server.visitor(earlier.holder(State.REVOKED)).issued();
      assertThat(next.download().octets()).isNotEmpty();
      since =
          SerialNumber.parse(
              server
                  .query("SELECT serial_number FROM certificate ORDER BY ordinal DESC LIMIT 1")
                  .get(0));
    }
    Path back = Files.createDirectory(folder.resolve("back"));
    Files.createDirectory(back.resolve("data"));
    Files.copy(folder.resolve("data/journal.log"), back.resolve("data/journal.log"));
    Files.writeString(back.resolve("inkan.yaml"), "node: e2e\n" + TestServer.CONFIGURATION);

    Run restored = run("restore", "--config=" + back.resolve("inkan.yaml"), backup(), passphrase());

    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("The journal that was there goes on");
    try (TestServer server = TestServer.startAt(back, earlier.takeover(), settings)) {
      assertThat(ocsp(server, earlier.serial(State.GOOD)))
          .isInstanceOf(CertificateStatus.Revoked.class);
      assertThat(ocsp(server, since)).as("issued since").isInstanceOf(CertificateStatus.Good.class);
    }
  }

  private void requireStates(TestServer server, EarlierInstallation earlier) throws Exception {
    for (State state : State.values()) {
      SerialNumber serial = earlier.serial(state);
      assertThat(ocsp(server, serial) instanceof CertificateStatus.Revoked)
          .as("%s by OCSP", state)
          .isEqualTo(state.isRevoked());
      assertThat(crl(server).getRevokedCertificate(serial.value()) != null)
          .as("%s on the CRL", state)
          .isEqualTo(state.isRevoked());
    }
  }

  /** As an operator does it: the server says what to do, and it is done. */
  private void migrate(String version, DatabaseSettings database) throws IOException {
    String newest = new SchemaUpgrade(database).state().newest();
    Path file = configure(database);
    Files.writeString(folder.resolve("passphrase"), "correct horse battery staple");
    Files.setPosixFilePermissions(
        folder.resolve("passphrase"), PosixFilePermissions.fromString("rw-------"));
    if (version.equals(newest)) {
      assertThat(run("migrate", "--config=" + file).out())
          .contains("up to date: version " + newest);
      return;
    }
    assertThat(run("serve", "--config=" + file))
        .satisfies(
            it -> {
              assertThat(it.status()).isEqualTo(1);
              assertThat(it.err())
                  .contains("at version " + version, "needs " + newest, "'migrate'");
            });
    assertThat(run("migrate", "--config=" + file))
        .satisfies(
            it -> {
              assertThat(it.status()).isEqualTo(1);
              assertThat(it.err()).contains("must be a way back", "Nothing was changed");
            });
    assertThat(OlderDatabase.version(database)).isEqualTo(version);
    Run done = run("migrate", "--config=" + file, "--backup=" + backup(), passphrase());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out()).contains("at version " + newest + ", from " + version, "The way back");
  }

  private String backup() {
    return folder.resolve("before.backup").toString();
  }

  private String passphrase() {
    return "--passphrase-file=" + folder.resolve("passphrase");
  }

  private Path configure(DatabaseSettings database) throws IOException {
    String text = "node: e2e\n" + TestServer.CONFIGURATION;
    if (!database.url().startsWith("jdbc:h2:")) {
      text +=
          "database: {url: \"%s\", user: %s, password-file: database.password}\n"
              .formatted(database.url(), database.user());
    }
    return Files.writeString(folder.resolve("inkan.yaml"), text);
  }

  private DatabaseSettings database(String version, Engine engine) {
    DatabaseSettings settings = engine.empty(folder.resolve("data"));
    if (engine == Engine.POSTGRESQL) {
      OlderDatabase.load(folder.resolve("data/inkan"), settings, version);
    }
    return settings;
  }

  /** Environment variables, name and value in turn. */
  private String[] settings(DatabaseSettings database) throws IOException {
    if (database.url().startsWith("jdbc:h2:")) {
      return new String[] {"INKAN_NODE", "e2e"};
    }
    Path password = Files.writeString(folder.resolve("database.password"), database.password());
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    return new String[] {
      "INKAN_NODE", "e2e",
      "INKAN_DATABASE_URL", database.url(),
      "INKAN_DATABASE_USER", database.user(),
      "INKAN_DATABASE_PASSWORD_FILE", password.toString()
    };
  }

  private CertificateStatus ocsp(TestServer server, SerialNumber serial) throws Exception {
    Der issuer = Authorities.certificateIn(folder.resolve("keys/chain.pem"));
    HttpRequest request =
        HttpRequest.newBuilder(server.ocspUrl())
            .header("Content-Type", "application/ocsp-request")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    new OcspQuestion(issuer).about(serial).encoded()))
            .build();
    return new OcspReply(fetch(request)).status();
  }

  private static X509CRL crl(TestServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.statusUrl().resolve("/crl/issuing.crl")).build();
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(fetch(request)));
  }

  private static byte[] fetch(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }
}
