package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A real installation in a folder: made by {@code init} (or a copy of what it made), run by {@code
 * serve}, mails by STARTTLS.
 */
final class Installation implements AutoCloseable {

  private static final String READY = "Inkan is ready at";
  static final String FIRST_LINE =
      "organisation_number,organisation_name,user_id,role,name,mail,password";

  private final Path folder;
  private final Path config;
  private final URI uri;
  private final int statusPort;
  private final int adminPort;
  private final MailServer mails;
  private final Program program;

  private Installation(
      Path folder,
      Path config,
      URI uri,
      int statusPort,
      int adminPort,
      MailServer mails,
      Program program) {
    this.folder = folder;
    this.config = config;
    this.uri = uri;
    this.statusPort = statusPort;
    this.adminPort = adminPort;
    this.mails = mails;
    this.program = program;
  }

  /**
   * What runs it.
   *
   * @param launcher stands before {@code java} when it is made and when users are imported
   */
  private record Program(List<String> launcher, Path jar) {

    boolean isPresent() {
      return launcher.isEmpty() && jar.equals(ServerProcess.jar());
    }
  }

  /**
   * Makes one, with a mail server of its own.
   *
   * @param settings more lines of YAML, at the top level
   */
  static Installation make(Path folder, String settings) {
    return make(folder, settings, List.of());
  }

  /**
   * As {@link #make(Path, String)}, with {@code init} run under a launcher.
   *
   * @param launcher stands before {@code java}, such as {@link PastClock#launcher}
   */
  static Installation make(Path folder, String settings, List<String> launcher) {
    return make(folder, settings, new Program(launcher, ServerProcess.jar()));
  }

  /** As {@link #make(Path, String)}, made and run by the server that {@code jar} is. */
  static Installation makeBy(Path jar, Path folder, String settings) {
    return make(folder, settings, new Program(List.of(), jar));
  }

  private static Installation make(Path folder, String settings, Program program) {
    // Old enough for a server whose clock is a year behind.
    ThrowawayPki mailPki = new ThrowawayPki("Mail Root", Duration.ofDays(400));
    Path mailKey = mailPki.server(folder.resolve("mail.p12"));
    MailServer mails = MailServer.start(Tls.serving(mailKey, ThrowawayPki.PASSWORD));
    int port = ServerProcess.freePort();
    int statusPort = ServerProcess.freePort();
    int adminPort = ServerProcess.freePort();
    Path config = folder.resolve("inkan.yaml");
    write(folder.resolve("mail-root.pem"), pem(mailPki.root()), "rw-r--r--");
    write(folder.resolve("mail.password"), MailServer.PASSWORD + "\n", "rw-------");
    write(
        config,
        """
        node: e2e
        web:
          port: %d
          public-url: https://localhost:%d
        status:
          port: %d
          base-url: http://localhost:8080
        admin:
          port: %d
        management:
          port: 0
        mail:
          host: localhost
          port: %d
          security: starttls
          username: %s
          password-file: mail.password
          trust-file: mail-root.pem
          from: inkan@bank.example
        %s
        """
            .formatted(
                port,
                port,
                statusPort,
                adminPort,
                mails.port(),
                MailServer.USER,
                withSmallPool(settings)),
        "rw-r--r--");
    Installation made =
        new Installation(
            folder,
            config,
            URI.create("https://localhost:" + port + "/"),
            statusPort,
            adminPort,
            mails,
            program);
    if (program.isPresent() && !settings.contains("database:")) {
      FreshInstallation.into(folder);
    } else {
      made.command("init").orFail();
    }
    return made;
  }

  /**
   * The same, to be served behind a login gateway on this machine that speaks plain HTTP to where
   * it listened so far.
   *
   * @param port the gateway's
   */
  Installation behindGatewayAt(int port) {
    String before = "  public-url: https://localhost:" + uri.getPort() + "\n";
    String behind =
        "  public-url: https://localhost:%d\n  behind-gateway: http\n  proxies: 127.0.0.1\n"
            .formatted(port);
    try {
      write(config, Files.readString(config).replace(before, behind), "rw-r--r--");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    URI gateway = URI.create("https://localhost:" + port + "/");
    return new Installation(folder, config, gateway, statusPort, adminPort, mails, program);
  }

  /** The same, run by the server that {@code jar} is: an earlier one, or the next. */
  Installation runBy(Path jar) {
    Program other = new Program(List.of(), jar);
    return new Installation(folder, config, uri, statusPort, adminPort, mails, other);
  }

  /** Eight keys of RSA-3072, as delivered, are more than a test asks for, and seconds' work. */
  private static String withSmallPool(String settings) {
    return settings.contains("authority:")
        ? settings
        : settings + "authority: {key-pool-size: 1}\n";
  }

  /** Imports users; each line as in the file, without the head. */
  Installation users(String... lines) {
    command("import-users", csv(lines)).orFail();
    return this;
  }

  /** As {@link #users}, with passwords that somebody else set. */
  Installation usersWithInitialPasswords(String... lines) {
    command("import-users", "--initial-passwords", csv(lines)).orFail();
    return this;
  }

  private String csv(String... lines) {
    Path csv = folder.resolve("users.csv");
    write(csv, FIRST_LINE + "\n" + String.join("\n", lines) + "\n", "rw-------");
    return csv.toString();
  }

  /** Runs the server; {@code launcher} stands before {@code java}. */
  ServerProcess serve(List<String> launcher) {
    return ServerProcess.start(line(launcher, "serve", List.of()), said -> said.startsWith(READY));
  }

  ServerProcess serve() {
    return serve(List.of());
  }

  /** Starts the server and does not wait until it is ready. */
  Process serveUnwaited(List<String> launcher) {
    try {
      return new ProcessBuilder(line(launcher, "serve", List.of()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one command of the server's jar to its end. */
  Command.Outcome command(List<String> launcher, String name, String... arguments) {
    return Command.run(Map.of(), line(launcher, name, List.of(arguments)));
  }

  /** As {@link #command(List, String, String...)}, as the installation was made. */
  Command.Outcome command(String name, String... arguments) {
    return command(program.launcher(), name, arguments);
  }

  private List<String> line(List<String> launcher, String name, List<String> arguments) {
    List<String> line = new ArrayList<>(launcher);
    line.addAll(ServerProcess.java(program.jar()));
    line.add(name);
    line.addAll(List.of("--config", config.toString()));
    line.addAll(arguments);
    return line;
  }

  URI uri() {
    return uri;
  }

  /** Where it answers gateways. */
  int statusPort() {
    return statusPort;
  }

  /** Where the bank's staff reach it. */
  URI adminUri() {
    return URI.create("https://localhost:" + adminPort);
  }

  MailServer mails() {
    return mails;
  }

  Path folder() {
    return folder;
  }

  Path config() {
    return config;
  }

  /** What a server that is not running left on disk. */
  LedgerCopy ledger() {
    Path data = folder.resolve("data");
    return LedgerCopy.read(data.resolve("inkan.mv.db"), "inkan", "", data.resolve("journal.log"));
  }

  Path rootFile() {
    return folder.resolve("keys").resolve("root.cer");
  }

  X509Certificate root() {
    return Tls.certificates(rootFile()).get(0);
  }

  X509Certificate issuing() {
    return Tls.certificates(folder.resolve("keys").resolve("chain.pem")).get(0);
  }

  /** A client of the flow that shows no certificate. */
  FlowClient client() {
    return new FlowClient(uri, Tls.trusting(root()));
  }

  /** Walks the whole flow and leaves the file in {@code folder}. */
  Path issue(String userId, String password, String mail, Path into) {
    FlowClient client = client();
    int before = mails.codes(mail).size();
    client.authenticate(userId, password);
    client.enterCode(mails.awaitCode(mail, before + 1));
    client.issue();
    client.awaitResult();
    FlowClient.IssuedFile file = client.download();
    try {
      return Files.write(into.resolve(file.name()), file.octets().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    mails.close();
  }

  /** Writes a certificate as PEM, readable by all. */
  static Path writePem(Path file, X509Certificate certificate) {
    write(file, pem(certificate), "rw-r--r--");
    return file;
  }

  private static String pem(X509Certificate certificate) {
    try {
      String base64 =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String text, String mode) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
