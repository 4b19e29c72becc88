package dev.inkan.e2e;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One installation that two servers run over one PostgreSQL, all of which can go and come back. */
final class TwoServers implements AutoCloseable {

  private final Path folder;
  private final Installation installation;
  private final Node one;
  private final Node two;
  private EmbeddedPostgres postgres;

  private TwoServers(Path folder, EmbeddedPostgres postgres) throws IOException {
    this.folder = folder;
    this.postgres = postgres;
    this.installation =
        Installation.make(
            folder,
            """
            database:
              url: jdbc:postgresql://127.0.0.1:%d/postgres
              user: postgres
            authority: {subscriber-key: p-256, key-pool-size: 1}
            """
                .formatted(postgres.getPort()));
    this.one = node("e2e", "one.yaml", "");
    this.two =
        node("other", "two.yaml", "\njournal: {file: data/two.log}\ncrl: {folder: data/two-crl}");
  }

  /** Makes the installation; its servers are not started yet. */
  static TwoServers install(Path folder) throws IOException {
    return new TwoServers(folder, startPostgres(folder, ServerProcess.freePort()));
  }

  /** One server: its files and ports, and its present life. */
  static final class Node implements AutoCloseable {

    private final String name;
    private final Path config;
    private final URI status;
    private final URI admin;
    private Optional<ServerProcess> process = Optional.empty();

    Node(String name, Path config, int status, int admin) {
      this.name = name;
      this.config = config;
      this.status = URI.create("http://127.0.0.1:" + status);
      this.admin = URI.create("https://localhost:" + admin);
    }

    /** Starts its next life. */
    void start() {
      process =
          Optional.of(
              ServerProcess.start(
                  ServerProcess.jar(),
                  said -> said.startsWith("Inkan is ready at"),
                  "serve",
                  "--config",
                  config.toString()));
    }

    String name() {
      return name;
    }

    Path config() {
      return config;
    }

    ServerProcess process() {
      return process.orElseThrow();
    }

    /** Where gateways ask. */
    URI status() {
      return status;
    }

    /** Where operators come in. */
    URI admin() {
      return admin;
    }

    @Override
    public void close() {
      process.ifPresent(ServerProcess::close);
    }
  }

  private Node node(String name, String file, String own) throws IOException {
    int status = ServerProcess.freePort();
    int admin = ServerProcess.freePort();
    String web = Integer.toString(installation.uri().getPort());
    String text =
        Files.readString(installation.config())
            .replace("node: e2e", "node: " + name + own)
            .replaceAll("status:\n  port: \\d+", "status:\n  next-update: 8s\n  port: " + status)
            .replaceAll("admin:\n  port: \\d+", "admin:\n  port: " + admin)
            .replace(web, own.isEmpty() ? web : Integer.toString(ServerProcess.freePort()));
    return new Node(name, Files.writeString(folder.resolve(file), text), status, admin);
  }

  /** Starts both at one time, as after a power cut. */
  void start() {
    CompletableFuture<Void> first = CompletableFuture.runAsync(one::start);
    two.start();
    first.join();
  }

  Node one() {
    return one;
  }

  Node two() {
    return two;
  }

  List<Node> both() {
    return List.of(one, two);
  }

  Installation installation() {
    return installation;
  }

  InkanConfig config() {
    return ConfigFile.load(installation.config());
  }

  /** Does something with the ledger as a server does. */
  <R> R inLedger(Function<JdbiTransactions, R> work) {
    InkanConfig config = config();
    Clock clock = Clock.systemUTC();
    SealedMailComposer composer =
        new SealedMailComposer(
            Letterhead.of(config.bank()),
            new MailSeal(config.secrets().serverKeyFile().key()),
            new SecureRandom(),
            clock);
    DatabaseSettings settings =
        new DatabaseSettings(config.database().url(), config.database().user(), "", 2);
    try (Database database = Database.openMigrated(settings)) {
      return work.apply(new JdbiTransactions(database, composer, clock));
    }
  }

  /** The first column of what {@code sql} finds. */
  List<String> query(String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Takes the database away. */
  void stopDatabase() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings it back as it was, where it was. */
  void startDatabase() {
    try {
      postgres = startPostgres(folder, postgres.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres startPostgres(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .start();
  }

  @Override
  public void close() {
    both().forEach(Node::close);
    installation.close();
    stopDatabase();
  }
}
