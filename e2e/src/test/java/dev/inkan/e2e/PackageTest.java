package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian packages on a Debian that knows nothing of them, up to the first certificate. Run by
 * {@code bin/test-packages}, which builds the packages first.
 */
@Tag("package")
class PackageTest {

  private static final Pattern EXPOSURE = Pattern.compile("exposure level .*: ([0-9.]+)");
  private static final double MOST_EXPOSED = 1.5;
  private static final User TARO = User.of("taro001");

  @TempDir private Path folder;

  private final Map<String, Duration> times = new LinkedHashMap<>();
  private final int web = ServerProcess.freePort();
  private DebianSystem debian;
  private MailServer mails;
  private ThrowawayPki mailPki;

  @BeforeEach
  void clean() {
    debian = DebianSystem.make(folder.resolve("debian"));
    mailPki = new ThrowawayPki("Mail Root");
    Path key = mailPki.server(folder.resolve("mail.p12"));
    mails = MailServer.start(Tls.serving(key, ThrowawayPki.PASSWORD));
  }

  @AfterEach
  void stop() {
    debian.close();
    mails.close();
  }

  @Test
  @DisplayName("apt install, init, systemctl start, the first certificate; removed, the keys stay")
  void fromNothingToTheFirstCertificate() throws Exception {
    timed("apt-get update", () -> debian.runOff("apt-get", "update", "-qq"));
    String server = debian.bring(built("inkan-server"));
    String admin = debian.bring(built("inkan-admin"));
    Command.Outcome installed =
        timed(
            "apt install",
            () ->
                debian.runOff(
                    "apt-get", "install", "-y", "-qq", "--no-install-recommends", server, admin));
    assertThat(installed.output()).contains("inkan-server init", "systemctl enable --now");
    configure();
    debian.boot();
    Command.Outcome made = timed("inkan-server init", () -> debian.run("inkan-server", "init"));
    assertThat(made.output()).contains("Key ceremony", "/var/lib/inkan/keys/root.p12");
    belongsToTheServerAlone();
    importTaro();
    timed("systemctl start", () -> debian.run("systemctl", "enable", "--now", "inkan-server"));

    // Started means that it answers: nothing is waited for.
    X509Certificate root = Tls.certificates(debian.file("/var/lib/inkan/keys/root.cer")).get(0);
    long begun = System.nanoTime();
    Path file = firstCertificate(root);
    times.put("first certificate", Duration.ofNanos(System.nanoTime() - begun));
    KeyStore store = KeyStore.getInstance(file.toFile(), TARO.password().toCharArray());
    assertThat(store.aliases().hasMoreElements()).isTrue();
    assertThat(clerk("cert", "list", "--output", "csv").output()).contains(TARO.userId());

    hardened();
    debian.run("systemctl", "stop", "inkan-server").orFail();
    assertThat(debian.run("systemctl", "is-failed", "inkan-server").output()).contains("inactive");
    Command.Outcome purged = debian.run("apt-get", "purge", "-y", "-qq", "inkan-server");
    assertThat(purged.orFail().output()).contains("Left in place: /var/lib/inkan");
    assertThat(debian.file("/var/lib/inkan/keys/issuing.p12")).exists();
    assertThat(debian.file("/etc/inkan/inkan.yaml")).doesNotExist();
    times.forEach((what, time) -> System.out.printf("%-20s %6d ms%n", what, time.toMillis()));
  }

  private interface Step {
    Command.Outcome run();
  }

  private Command.Outcome timed(String what, Step step) {
    long begun = System.nanoTime();
    Command.Outcome outcome = step.run().orFail();
    times.put(what, Duration.ofNanos(System.nanoTime() - begun));
    return outcome;
  }

  private static Path built(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../packaging/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "_.*_all\\.deb"))
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " is missing: run bin/package"));
    }
  }

  private void configure() throws IOException {
    Installation.writePem(debian.file("/etc/inkan/mail-trust.pem"), mailPki.root());
    Files.writeString(debian.file("/etc/inkan/mail.password"), MailServer.PASSWORD + "\n");
    debian
        .runOff("install", "-d", "-o", "inkan", "-g", "inkan", "-m", "700", "/var/lib/inkan/keys")
        .orFail();
    debian
        .runOff(
            "install",
            "-o",
            "inkan",
            "-g",
            "inkan",
            "-m",
            "600",
            "/etc/inkan/mail.password",
            "/var/lib/inkan/keys/mail.password")
        .orFail();
    Path config = debian.file("/etc/inkan/inkan.yaml");
    int status = ServerProcess.freePort();
    String text = Files.readString(config);
    for (UnaryOperator<String> change : changes(status)) {
      String changed = change.apply(text);
      assertThat(changed).isNotEqualTo(text);
      text = changed;
    }
    Files.writeString(config, text);
  }

  private List<UnaryOperator<String>> changes(int status) {
    return List.of(
        text -> text.replace("  port: 8443\n", "  port: " + web + "\n"),
        text -> text.replace("https://localhost:8443\n", "https://localhost:" + web + "\n"),
        text -> text.replace("  port: 8080\n", "  port: " + status + "\n"),
        text -> text.replace("http://localhost:8080\n", "http://localhost:" + status + "\n"),
        text -> text.replace("  port: 9443\n", "  port: " + ServerProcess.freePort() + "\n"),
        text -> text.replace("  host: 127.0.0.1\n  # Default 587", "  host: localhost\n  #"),
        text -> text.replace("  port: 587\n", "  port: " + mails.port() + "\n"),
        text -> text.replace("  #  username: inkan", "  username: " + MailServer.USER),
        text ->
            text.replace(
                "  #  password-file: /var/lib/inkan/keys/mail.password",
                "  password-file: /var/lib/inkan/keys/mail.password"),
        text ->
            text.replace(
                "  #  trust-file: /var/lib/inkan/keys/mail-trust.pem",
                "  trust-file: /etc/inkan/mail-trust.pem"));
  }

  private void belongsToTheServerAlone() {
    String listed =
        debian
            .run("find", "/var/lib/inkan", "(", "!", "-user", "inkan", "-o", "-perm", "/077", ")")
            .output();
    assertThat(listed).isEmpty();
    // Its own configuration it reads and cannot change.
    String mode = debian.run("stat", "-c", "%U:%G %a", "/etc/inkan/inkan.yaml").output();
    assertThat(mode).isEqualTo("root:inkan 640\n");
  }

  private void importTaro() throws IOException {
    Path csv = folder.resolve("users.csv");
    Files.writeString(csv, Installation.FIRST_LINE + "\n" + TARO.line() + "\n");
    String inside = debian.bring(csv);
    debian.run("install", "-o", "inkan", "-m", "600", inside, "/var/lib/inkan/users.csv").orFail();
    debian.run("inkan-server", "import-users", "/var/lib/inkan/users.csv").orFail();
  }

  private Path firstCertificate(X509Certificate root) throws IOException {
    URI uri = URI.create("https://localhost:" + web + "/");
    FlowClient visitor = new FlowClient(uri, Tls.trusting(root));
    visitor.authenticate(TARO.userId(), TARO.password());
    visitor.enterCode(mails.awaitCode(TARO.mail(), 1));
    visitor.issue();
    visitor.awaitResult();
    FlowClient.IssuedFile file = visitor.download();
    return Files.write(folder.resolve(file.name()), file.octets().toByteArray());
  }

  private Command.Outcome clerk(String... words) throws IOException {
    Matcher port =
        Pattern.compile("(?s)\nadmin:.*?  port: ([0-9]+)\n")
            .matcher(Files.readString(debian.file("/etc/inkan/inkan.yaml")));
    assertThat(port.find()).isTrue();
    Stream<String> connection =
        Stream.of(
            "--server",
            "https://localhost:" + port.group(1),
            "--credential",
            "/var/lib/inkan/keys/operator-admin.p12",
            "--password-file",
            "/var/lib/inkan/keys/operator-admin.passphrase");
    return debian
        .run(
            Stream.of(Stream.of("inkan-admin"), Stream.of(words), connection)
                .flatMap(it -> it)
                .toArray(String[]::new))
        .orFail();
  }

  private void hardened() {
    String said =
        debian.run("systemd-analyze", "security", "inkan-server", "--no-pager").orFail().output();
    Matcher exposure = EXPOSURE.matcher(said);
    assertThat(exposure.find()).as(said).isTrue();
    System.out.println("systemd-analyze security: " + exposure.group(1));
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(MOST_EXPOSED);
  }
}
