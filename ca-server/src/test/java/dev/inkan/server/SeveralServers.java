package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * One installation over one PostgreSQL: a first server for people and staff alone, and whatever
 * others a test starts beside it.
 */
final class SeveralServers implements AutoCloseable {

  static final String READER = "inkan_status";

  private static final ClockPolicy ANY_CLOCK = new ClockPolicy(Duration.ofDays(36_500));

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final TestServer first;
  private final HttpClient http = HttpClient.newHttpClient();

  /** What a command did. */
  record Run(int status, String out, String err) {}

  SeveralServers(Path folder) throws IOException {
    this.folder = folder;
    this.postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
    Path password = folder.resolve("database.password");
    Files.writeString(password, "postgres");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    this.first =
        TestServer.start(
            Files.createDirectory(folder.resolve("first")),
            "INKAN_ROLES",
            "web,admin",
            "INKAN_DATABASE_URL",
            url(),
            "INKAN_DATABASE_USER",
            "postgres",
            "INKAN_DATABASE_PASSWORD_FILE",
            password.toString());
    execute("postgres", read("../config/postgresql/status-reader.sql"));
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  TestServer first() {
    return first;
  }

  /** A configuration in the first server's folder, with its keys. */
  Path configured(String node, String roles) {
    return write(
        first.folder().resolve(node + ".yaml"),
        node,
        roles,
        "postgres",
        "journal: {file: data/%s.log}\ncrl: {folder: data/%s-crl}\n".formatted(node, node));
  }

  /** The same, where browsers come in at {@code port}. */
  Path configuredForWeb(String node, int port) {
    Path file = configured(node, "web");
    try {
      String text = Files.readString(file);
      return Files.writeString(
          file,
          text.replace("port: 0, public-url", "port: " + port + ", public-url")
              .replace("localhost:8443", "localhost:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of a machine that has the root's certificate, and reads the database. */
  Path configuredReader(String node) {
    try {
      Path machine = Files.createDirectories(folder.resolve(node).resolve("keys"));
      Path root = machine.resolve("root.cer");
      if (!Files.exists(root)) {
        Files.copy(first.folder().resolve("keys/root.cer"), root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(folder.resolve(node).resolve("inkan.yaml"), node, "status", READER, "");
  }

  private Path write(Path file, String node, String roles, String user, String more) {
    String text =
        """
        node: %s
        roles: %s
        web: {port: 0, public-url: 'https://localhost:8443'}
        status: {port: 0, base-url: 'http://localhost:8080'}
        admin: {port: 0}
        management: {port: 0}
        database: {url: '%s', user: %s, pool-size: 4}
        authority: {subscriber-key: p-256, key-pool-size: 1}
        mail: {host: 127.0.0.1, port: %d, security: none, from: inkan@mihon-rokin.example}
        """
            .formatted(node, roles, url(), user, first.mailbox().port());
    try {
      return Files.writeString(file, text + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Server start(Path file) {
    return start(file, first.clock());
  }

  static Server start(Path file, Clock clock) {
    InkanConfig config = CheapPasswords.in(ConfigFile.load(file, Map.of()));
    return Server.start(config, new Host(clock, new SecureRandom(), config.node()), ANY_CLOCK);
  }

  /** A command as an operator types it. */
  static Run run(Clock clock, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        InkanServer.commandLine(clock, new SecureRandom(), question -> Optional.of(true));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /** The certificate of the first issuing CA. */
  Der issuer() {
    return Authorities.open(first.config(), first.host(first.config()), first.storage())
        .issuing()
        .certificate();
  }

  /** What the server at this port says of a certificate. */
  OcspReply ask(int port, Der issuer, SerialNumber serial) throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(at(port, "/ocsp"))
                .header("Content-Type", "application/ocsp-request")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        new OcspQuestion(issuer).about(serial).encoded()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return new OcspReply(response.body());
  }

  HttpResponse<byte[]> get(int port, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(at(port, path)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static URI at(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  void execute(String user, String sql) {
    try (Connection connection = DriverManager.getConnection(url(), user, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What PostgreSQL says to {@code sql} from the reader; "done" if it does it. */
  List<String> asReader(List<String> statements) {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url(), READER, "");
        Statement statement = connection.createStatement()) {
      // Who is logged in can take the second lock off; what is not granted stays so.
      statement.execute("SET default_transaction_read_only = off");
      for (String sql : statements) {
        try {
          statement.execute(sql);
          answers.add("done: " + sql);
        } catch (SQLException e) {
          answers.add(String.valueOf(e.getSQLState()));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return answers;
  }

  @Override
  public void close() {
    first.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
