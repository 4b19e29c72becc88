package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.backup.BackupFolder;
import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.doctor.Doctor;
import dev.inkan.server.doctor.Finding;
import dev.inkan.server.doctor.Instruments;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.DatabaseTransfer;
import dev.inkan.server.store.Engine;
import dev.inkan.server.store.OlderDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The doctor names each fault, why it matters and what mends it")
final class DoctorTest {

  private static final long GIBI = 1L << 30;

  private static CapturedMailbox mailbox;
  private static ServerSocket taken;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final ShiftedClock clock = new ShiftedClock();
  private ToLongFunction<Path> freeOctets = place -> 50 * GIBI;

  @BeforeAll
  static void start() throws IOException {
    mailbox = CapturedMailbox.start(0, Clock.systemUTC());
    taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  static void stop() throws IOException {
    mailbox.close();
    taken.close();
  }

  @BeforeEach
  void install() throws IOException {
    Files.writeString(file(), TestServer.CONFIGURATION);
    FreshInstallation.into(folder);
    for (String left : List.of("root", "operator-admin")) {
      Files.delete(folder.resolve("keys/" + left + ".p12"));
      Files.delete(folder.resolve("keys/" + left + ".passphrase"));
    }
    for (String listener : List.of("WEB", "STATUS", "ADMIN", "MANAGEMENT")) {
      environment.put("INKAN_" + listener + "_PORT", "0");
    }
    environment.put("INKAN_MAIL_PORT", Integer.toString(mailbox.port()));
  }

  private Path file() {
    return folder.resolve("inkan.yaml");
  }

  private Path key(String name) {
    return folder.resolve("keys").resolve(name);
  }

  private List<Finding> examine() {
    return new Doctor(file(), new Instruments(clock, new SecureRandom(), environment, freeOctets))
        .examine();
  }

  /** How an installation is broken, and what the doctor has to say of it. */
  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private enum Broken {
    UNKNOWN_KEY("there is no such key", "correct the name", it -> it.append("web:\n  prot: 1\n")),
    CONTRADICTION(
        "crl.lifetime", "lengthen it", it -> it.environment.put("INKAN_CRL_LIFETIME", "6h")),
    NO_INSTALLATION("no installation yet", "inkan-server init", it -> it.remove("keys")),
    WRONG_PASSPHRASE(
        "passphrase does not open",
        "from the same backup",
        it -> Files.writeString(it.key("issuing.passphrase"), "wrong-passphrase-of-some-length")),
    KEY_OPEN_TO_OTHERS("by others than its owner", "chmod 600", it -> it.open("issuing.p12")),
    KEY_DAMAGED(
        "not a whole PKCS#12", "restore", it -> Files.write(it.key("audit.p12"), new byte[100])),
    KEY_MISSING("tls.p12", "put the file there", it -> Files.delete(it.key("tls.p12"))),
    WEB_KEY_DAMAGED("tls.p12", "restore", it -> Files.write(it.key("tls.p12"), new byte[100])),
    OTHER_ROOT(
        "is not the root above the issuing CA",
        "root's certificate of the ceremony",
        it -> Files.writeString(it.key("root.cer"), "no certificate")),
    SERVER_KEY_SHORT(
        "server.key", "openssl rand", it -> Files.writeString(it.key("server.key"), "c2hvcnQ=")),
    WEB_CERTIFICATE_ENDED(
        "the web certificate ended", "renews it", it -> it.clock.advance(Duration.ofDays(398))),
    CRL_ENDED(
        "the newest of root counts", "root-crl", it -> it.clock.advance(Duration.ofDays(401))),
    RESPONDER_ENDED(
        "the responder certificate ended",
        "renew-responder",
        it -> it.clock.advance(Duration.ofDays(31))),
    NO_DATABASE("there is no database", "database", it -> it.remove("data/inkan.mv.db")),
    DATABASE_DAMAGED(
        "cannot open the database",
        "backup",
        it -> Files.write(it.folder.resolve("data/inkan.mv.db"), new byte[8192])),
    SCHEMA_OLDER(
        "this program needs",
        "migrate",
        it -> it.sql("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '8'")),
    CLOCK_AHEAD(
        "this machine's clock is 600 s ahead",
        "NTP",
        it -> it.clock.advance(Duration.ofMinutes(10))),
    NO_JOURNAL("does not exist", "newest copy", it -> it.remove("data/journal.log")),
    JOURNAL_DAMAGED("line 2 of", "never edit", it -> it.damageJournal()),
    JOURNAL_OF_ANOTHER_NODE(
        "line 1 of", "check 'node'", it -> it.environment.put("INKAN_NODE", "node-2")),
    MAIL_SERVER_DOWN(
        "no connection", "start the mail server", it -> it.environment.put("INKAN_MAIL_PORT", "1")),
    MAIL_UNPROTECTED(
        "STARTTLS",
        "have the mail server offer STARTTLS",
        it -> it.environment.put("INKAN_MAIL_SECURITY", "starttls")),
    DISK_FULL("MiB free for the journal", "make room", it -> it.freeOctets = place -> 1L << 20),
    PORT_TAKEN(
        "the web listener cannot have",
        "stop what listens there",
        it -> it.environment.put("INKAN_WEB_PORT", Integer.toString(taken.getLocalPort())));

    private final String what;
    private final String mend;
    private final Breaking breaking;

    Broken(String what, String mend, Breaking breaking) {
      this.what = what;
      this.mend = mend;
      this.breaking = breaking;
    }
  }

  private interface Breaking {
    void of(DoctorTest installation) throws Exception;
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), Files.readString(file()).replace("web:\n", text));
  }

  private void open(String name) throws IOException {
    Files.setPosixFilePermissions(key(name), PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void remove(String name) throws IOException {
    Files.move(folder.resolve(name), folder.resolve("removed"));
  }

  private void damageJournal() throws IOException {
    Path journal = folder.resolve("data/journal.log");
    byte[] octets = Files.readAllBytes(journal);
    int second = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n') + 8;
    octets[second] ^= 1;
    Files.write(journal, octets);
  }

  private void sql(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data/inkan"), "inkan", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Broken.class)
  @Tag("S11")
  @DisplayName("Broken installations")
  void broken(Broken broken) throws Exception {
    broken.breaking.of(this);

    List<Finding> faults =
        examine().stream().filter(it -> it.grade() == Finding.Grade.FAULT).toList();

    assertThat(faults)
        .anySatisfy(
            fault -> {
              assertThat(fault.what()).contains(broken.what);
              assertThat(fault.mend()).contains(broken.mend);
              assertThat(fault.why()).isNotBlank();
            });
    assertThat(faults)
        .as("nothing is called a fault of ours")
        .noneMatch(fault -> fault.what().startsWith("cannot be examined"));
  }

  @Test
  @DisplayName("A sound installation has no fault and no warning, and stays as it is")
  void sound() throws Exception {
    Map<String, Long> before = times();

    assertThat(examine()).allMatch(it -> it.grade() == Finding.Grade.OK || isNoCrlYet(it));

    assertThat(times()).isEqualTo(before);
  }

  @Test
  @DisplayName("Over PostgreSQL too: sound, then of an older schema, then refused at the door")
  void onPostgresql() throws Exception {
    DatabaseSettings database = Engine.POSTGRESQL.empty(folder);
    DatabaseTransfer.copy(
        DatabaseSettings.h2(folder.resolve("data/inkan"), 2), database, (table, rows) -> {});
    environment.put("INKAN_DATABASE_URL", database.url());
    environment.put("INKAN_DATABASE_USER", database.user());

    assertThat(examine()).allMatch(it -> it.grade() == Finding.Grade.OK || isNoCrlYet(it));

    OlderDatabase.renew(database);
    assertThat(examine())
        .anySatisfy(
            it -> {
              assertThat(it.grade()).isEqualTo(Finding.Grade.FAULT);
              assertThat(it.what()).contains("version 900, which a newer program made");
            });
    environment.put("INKAN_DATABASE_URL", database.url() + "-elsewhere");
    assertThat(examine())
        .anySatisfy(
            it -> {
              assertThat(it.grade()).isEqualTo(Finding.Grade.FAULT);
              assertThat(it.what()).contains("cannot open the database");
              assertThat(it.mend()).contains("database");
            });
  }

  @Test
  @DisplayName("Backups: none wanted, none yet, one of today, the newest too old")
  void backups() throws Exception {
    assertThat(backup().what()).contains("backup.folder is not set");
    Path folder = this.folder.resolve("backups");
    Path passphrase = Files.writeString(this.folder.resolve("backup.passphrase"), "correct horse");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    environment.put("INKAN_BACKUP_FOLDER", folder.toString());
    environment.put("INKAN_BACKUP_PASSPHRASE_FILE", passphrase.toString());
    assertThat(backup().grade()).isEqualTo(Finding.Grade.WARNING);
    Files.createDirectory(folder);
    Instant now = clock.instant();
    Files.createFile(new BackupFolder(folder).fileOf("some-occasion", new NodeName("node-1"), now));
    assertThat(backup().grade()).isEqualTo(Finding.Grade.OK);
    clock.advance(Duration.ofHours(49));
    assertThat(backup())
        .satisfies(
            it -> {
              assertThat(it.grade()).isEqualTo(Finding.Grade.FAULT);
              assertThat(it.what()).contains("49 hours ago");
              assertThat(it.mend()).contains("the job backup");
            });
  }

  private Finding backup() {
    return examine().stream().filter(it -> it.part().equals("backup")).findFirst().orElseThrow();
  }

  private static boolean isNoCrlYet(Finding finding) {
    return finding.what().equals("none of issuing was signed yet");
  }

  private Map<String, Long> times() throws IOException {
    Map<String, Long> times = new HashMap<>();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        times.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
      }
    }
    return times;
  }

  @Test
  @DisplayName("The command prints text or JSON and ends with 1 at a fault; no secret is in it")
  void command() throws Exception {
    String passphrase = Files.readString(key("tls.passphrase")).strip();
    Files.delete(folder.resolve("data/journal.log"));

    StringWriter text = new StringWriter();
    StringWriter json = new StringWriter();

    assertThat(run(text, "--config", file().toString())).isEqualTo(1);
    assertThat(run(json, "--config", file().toString(), "--output", "json")).isEqualTo(1);
    assertThat(text.toString())
        .contains("FAULT    journal ", "why:  ", "mend: ", " faults, ")
        .doesNotContain(passphrase);
    JsonNode document = new ObjectMapper().readTree(json.toString());
    assertThat(document.path("faults").asInt()).isPositive();
    assertThat(document.path("findings").findValuesAsText("part")).contains("journal", "mail");
    assertThat(run(new StringWriter(), "--output", "xml")).isEqualTo(2);
  }

  private static int run(StringWriter out, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return InkanServer.commandLine(Clock.systemUTC(), new SecureRandom())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter(), true))
        .execute(all);
  }
}
