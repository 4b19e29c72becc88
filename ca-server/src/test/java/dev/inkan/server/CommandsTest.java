package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.authority.Host;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.command.DemoInstallation;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as an operator types them, in process. */
final class CommandsTest {

  private static final String HEAD =
      "organisation_number,organisation_name,user_id,role,name,mail,password\n";
  private static final String TARO = "0001,印鑑商事,taro0001,general,太郎,taro@example.jp,Inkan#2026\n";

  private final SecureRandom random = new SecureRandom();
  private Path folder;
  private Path file;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void configure(@TempDir Path directory) throws IOException {
    folder = directory;
    file = directory.resolve("inkan.yaml");
    write(8443, directory);
  }

  private void write(int port, Path directory) throws IOException {
    Files.writeString(
        directory.resolve("inkan.yaml"),
        """
        web:
          port: %d
          public-url: https://localhost:%d
        status:
          base-url: http://localhost:8080
        management:
          port: 0
        mail:
          host: 127.0.0.1
          port: 1
          security: none
          from: inkan@mihon-rokin.example
        """
            .formatted(port, port));
  }

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), random);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  private Run runHere(String command, String... more) {
    return run(
        Stream.concat(Stream.of(command, "--config", file.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(path).toString(),
            new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void initMakesEverythingOnceAndPrintsTheCeremony() throws Exception {
    Run first = runHere("init");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("trust anchor", "root key", "Next: copy the root key", "Done");
    for (String key : new String[] {"issuing", "tls", "root"}) {
      for (String end : new String[] {".p12", ".passphrase"}) {
        Path path = folder.resolve("keys/" + key + end);
        assertThat(path).exists();
        assertThat(
                java.nio.file.attribute.PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(path)))
            .isEqualTo("rw-------");
        if (end.equals(".passphrase")) {
          assertThat(first.out()).doesNotContain(Files.readString(path).strip());
        }
      }
    }
    assertThat(folder.resolve("data/inkan.mv.db")).exists();
    Map<String, String> before = files();

    Run second = runHere("init");

    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).contains("error: ", "is there already", "nothing was changed");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  @Tag("E2")
  @DisplayName(
      "E2: the root's CRL is signed at init and again by root-crl, by the root's key alone")
  void rootCrl() throws Exception {
    runHere("init");
    String key = folder.resolve("keys/root.p12").toString();
    String passphrase = folder.resolve("keys/root.passphrase").toString();

    Run first = runHere("root-crl", "--key-file", key, "--passphrase-file", passphrase);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("of the root is signed and valid for 400 days");
    Run second = runHere("root-crl", "--key-file", key, "--passphrase-file", passphrase);
    assertThat(number(second)).isGreaterThan(number(first));

    Run wrong =
        runHere(
            "root-crl",
            "--key-file",
            folder.resolve("keys/issuing.p12").toString(),
            "--passphrase-file",
            folder.resolve("keys/issuing.passphrase").toString());
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("is not the key of this installation's root", "Nothing");
    Run asConfigured = runHere("root-crl");
    assertThat(number(asConfigured)).isGreaterThan(number(second));
  }

  private static long number(Run run) {
    return Long.parseLong(run.out().replaceAll("(?s)CRL (\\d+) of.*", "$1"));
  }

  @Test
  void initRefusesToWriteOverOneLostFileToo() throws Exception {
    runHere("init");
    Files.delete(folder.resolve("keys/issuing.p12"));
    Map<String, String> before = files();

    assertThat(runHere("init").status()).isEqualTo(1);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void withoutConfigurationNothingStarts() {
    Path missing = folder.resolve("missing.yaml");
    for (String command : new String[] {"serve", "init", "migrate"}) {
      Run run = run(command, "--config", missing.toString());

      assertThat(run.status()).as(command).isEqualTo(78);
      assertThat(run.err()).contains("error: the configuration cannot work", missing.toString());
    }
  }

  @Test
  void aWrongKeyIsNamedWithItsFile() throws IOException {
    Files.writeString(file, "web:\n  prot: 1\n");

    Run run = runHere("serve");

    assertThat(run.status()).isEqualTo(78);
    assertThat(run.err()).contains("web.prot", file.toString());
  }

  @Test
  void serveBeforeInitSaysSo() {
    Run run = runHere("serve");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: ").contains("Run init", file.toString());
  }

  @Test
  void importUsersTellsProblemsByLine() throws IOException {
    runHere("init");
    Path users = folder.resolve("users.csv");
    Files.writeString(users, HEAD + TARO + "0001,印鑑商事,x,general,太郎,taro,Inkan\n");

    Run bad = runHere("import-users", users.toString());
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.err()).contains("nothing was imported", "line 3: user_id", "line 3: mail");
    Files.writeString(users, HEAD + TARO);
    Run good = runHere("import-users", users.toString());
    assertThat(good.status()).as(good.err()).isZero();
    assertThat(good.out()).contains("1 users imported", "Delete " + users);
    Run again = runHere("import-users", users.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("taro0001").doesNotContain("Inkan#2026");
    Files.writeString(users, HEAD + TARO, Charset.forName("windows-31j"));
    Run shiftJis = runHere("import-users", users.toString());
    assertThat(shiftJis.status()).isEqualTo(1);
    assertThat(shiftJis.err()).contains("is not UTF-8");
    Run none = runHere("import-users", folder.resolve("none.csv").toString());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("does not exist");
    Run directory = runHere("import-users", folder.toString());
    assertThat(directory.status()).isEqualTo(1);
    assertThat(runHere("migrate").status()).isZero();
  }

  @Test
  @Tag("C5")
  @DisplayName("C5: import-users --initial-passwords marks them, with the configured lifetime")
  void importUsersWithInitialPasswords() throws Exception {
    runHere("init");
    Path users = folder.resolve("users.csv");
    Files.writeString(users, HEAD + TARO);
    Instant before = Instant.now();

    Run run = runHere("import-users", "--initial-passwords", users.toString());

    assertThat(run.status()).as(run.err()).isZero();
    InkanConfig config = ConfigFile.load(folder.resolve("inkan.yaml"), Map.of());
    Clock clock = Clock.systemUTC();
    try (Storage storage = Storage.open(config, clock, new SecureRandom())) {
      Optional<User> taro =
          storage
              .transactions()
              .inTransaction(stores -> stores.users().find(new UserId("taro0001")));
      Instant until = taro.orElseThrow().password().initialUntil().orElseThrow();
      assertThat(until)
          .isBetween(
              before.plus(Duration.ofDays(30)).minusSeconds(1),
              Instant.now().plus(Duration.ofDays(30)));
    }
  }

  @Test
  void aPortInUseIsOneClearLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(taken.getLocalPort(), folder);
      assertThat(runHere("init").status()).isZero();

      Run run = runHere("serve");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
      assertThat(run.err()).contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void aWrongPassphraseIsOneClearLine() throws IOException {
    runHere("init");
    Path passphrase = folder.resolve("keys/issuing.passphrase");
    Files.writeString(passphrase, "wrong-passphrase-of-some-length");

    Run run = runHere("serve");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("error: ", "issuing.p12")
        .doesNotContain("wrong-passphrase-of-some-length");
  }

  @Test
  @Tag("S11")
  void aDamagedKeyFileAndAMissingDatabaseAreTold() throws IOException {
    runHere("init");
    Path tls = folder.resolve("keys/tls.p12");
    byte[] whole = Files.readAllBytes(tls);
    Files.write(tls, java.util.Arrays.copyOf(whole, 100));
    Run damaged = runHere("serve");
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.err()).contains("error: ", "tls.p12");
    Files.write(tls, whole);
    Files.delete(folder.resolve("data/inkan.mv.db"));

    Run run = runHere("serve");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: ");
    assertThat(folder.resolve("data/inkan.mv.db")).doesNotExist();
    assertPostgresqlAwayIsTold();
  }

  /** S11: away at the start. */
  private void assertPostgresqlAwayIsTold() throws IOException {
    String url = "jdbc:postgresql://127.0.0.1:1,127.0.0.1:2/inkan?targetServerType=primary";
    Files.writeString(file, Files.readString(file) + "database:\n  url: " + url + "\n");

    Run run = runHere("serve");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("error: cannot open the database at " + url + ": SQL state 08001")
        .contains("start the database, open the way to it, or correct database.url");
  }

  @Test
  @Tag("S5")
  @DisplayName("A demonstration prepared twice keeps its data, and goes where it is told")
  void demoTwice() throws IOException {
    PrintWriter out = new PrintWriter(new StringWriter());
    Path demo = folder.resolve("demo");
    InkanConfig first = demo(demo, 18_443, 18_080, 18_025).prepare(Clock.systemUTC(), random, out);
    String root = Files.readString(demo.resolve("keys/root.cer"));
    InkanConfig second = demo(demo, 18_444, 18_081, 18_026).prepare(Clock.systemUTC(), random, out);

    assertThat(Files.readString(demo.resolve("keys/root.cer"))).isEqualTo(root);
    assertThat(first.web().port()).isEqualTo(18_443);
    assertThat(second.web().publicUrl()).hasToString("https://localhost:18444");
    assertThat(second.mail().port()).isEqualTo(18_026);
    assertThat(demo(demo, 18_443, 18_080, 1).welcome(8025).toString())
        .contains("https://localhost:18443/", "hanako01", "master01", "http://127.0.0.1:8025/");
  }

  @Test
  @DisplayName("What was opened is closed again when the start fails")
  void failedStartLeavesNothingOpen() throws IOException {
    InkanConfig config;
    Host host;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(taken.getLocalPort(), folder);
      runHere("init");
      config = ConfigFile.load(file);
      host = new Host(Clock.systemUTC(), random, config.node());
      Host same = host;
      assertThatThrownBy(() -> Server.start(config, same)).isInstanceOf(JavalinBindException.class);
    }

    Server.start(config, host).close();
  }

  @Test
  void usageIsExplained() {
    Run none = run();
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("which command?", "init", "serve", "demo");
    assertThat(run("--version").out()).startsWith("inkan-server ");
    assertThat(run("--help").out()).contains("78", "import-users");
    assertThat(run("serve", "--nonsense").status()).isEqualTo(2);
  }

  private static DemoInstallation demo(Path folder, int web, int status, int smtp) {
    return new DemoInstallation(folder, new DemoInstallation.Ports(web, status, 0, smtp));
  }
}
