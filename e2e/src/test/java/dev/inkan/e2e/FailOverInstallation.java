package dev.inkan.e2e;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * One installation over a {@link PostgresPair}: two servers that do everything over whichever takes
 * writes, and one that tells status alone over the standby.
 */
final class FailOverInstallation implements AutoCloseable {

  /** A file of many users takes a hash of a password each. */
  private static final int IMPORTED_AT_ONCE = 250;

  private static final String STOCK_JOURNAL = "stock.log";

  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final PostgresPair pair;
  private final Installation installation;
  private final List<Server> servers = new ArrayList<>();
  private final SSLContext tls;
  private final TwoServers.Node statusNode;

  /** One server, its address for browsers and its journal. */
  record Server(TwoServers.Node node, URI web, URI management, Path journal) {

    String name() {
      return node.name();
    }
  }

  private FailOverInstallation(Path folder, PostgresPair pair, Duration answerTimeout)
      throws IOException {
    this.folder = folder;
    this.pair = pair;
    this.installation =
        Installation.make(
            folder,
            """
            database:
              url: %s
              user: %s
              answer-timeout: %ds
            authority: {subscriber-key: p-256, key-pool-size: 4}
            pfx: {iterations: 10000}
            password: {argon2: {memory-kib: 19456, iterations: 1}}
            source-budget: {attempts: 100000}
            """
                .formatted(pair.url(), pair.user(), answerTimeout.toSeconds()));
    this.tls = Tls.trusting(installation.root());
    for (String name : List.of("one", "two")) {
      servers.add(server(name));
    }
    this.statusNode =
        StatusOnStandby.install(folder, pair, installation, servers.get(0).node().config());
  }

  /**
   * Makes one; its servers are not started yet.
   *
   * @param answerTimeout how long they wait for the database
   */
  static FailOverInstallation over(PostgresPair pair, Path folder, Duration answerTimeout)
      throws IOException {
    return new FailOverInstallation(folder, pair, answerTimeout);
  }

  private Server server(String name) throws IOException {
    int web = ServerProcess.freePort();
    int status = ServerProcess.freePort();
    int admin = ServerProcess.freePort();
    int management = ServerProcess.freePort();
    String own = "\njournal: {file: data/%s.log}\ncrl: {folder: data/%s-crl}".formatted(name, name);
    String text =
        Files.readString(installation.config())
            .replace("node: e2e", "node: " + name + own)
            .replaceAll("status:\n  port: \\d+", "status:\n  port: " + status)
            .replaceAll("admin:\n  port: \\d+", "admin:\n  port: " + admin)
            .replace("management:\n  port: 0", "management:\n  port: " + management)
            .replace(Integer.toString(installation.uri().getPort()), Integer.toString(web));
    Path config = Files.writeString(folder.resolve(name + ".yaml"), text);
    return new Server(
        new TwoServers.Node(name, config, status, admin),
        URI.create("https://localhost:" + web + "/"),
        URI.create("http://127.0.0.1:" + management + "/"),
        folder.resolve("data").resolve(name + ".log"));
  }

  /** Starts all at one time. */
  void start() {
    nodes().stream()
        .map(it -> CompletableFuture.runAsync(it::start))
        .toList()
        .forEach(CompletableFuture::join);
  }

  PostgresPair pair() {
    return pair;
  }

  Installation installation() {
    return installation;
  }

  /** Those that issue and revoke. */
  List<Server> servers() {
    return List.copyOf(servers);
  }

  /** All that tell status. */
  List<TwoServers.Node> nodes() {
    List<TwoServers.Node> all = new ArrayList<>();
    servers.forEach(it -> all.add(it.node()));
    all.add(statusNode);
    return all;
  }

  SSLContext tls() {
    return tls;
  }

  Path folder() {
    return folder;
  }

  /** Users without a certificate. */
  List<User> addUsers(int count) {
    List<User> users =
        IntStream.range(0, count).mapToObj(i -> User.of("user%04d".formatted(i))).toList();
    for (int from = 0; from < count; from += IMPORTED_AT_ONCE) {
      installation.users(
          users.subList(from, Math.min(count, from + IMPORTED_AT_ONCE)).stream()
              .map(User::line)
              .toArray(String[]::new));
    }
    return users;
  }

  /** Certificates that can be revoked. */
  List<SerialNumber> addStock(int count) {
    return inLedger(
        database ->
            IssuedStock.issue(
                config(), transactions(database), folder.resolve(STOCK_JOURNAL), count));
  }

  /** What {@code /health/ready} of a server says at this moment. */
  String health(Server server) {
    HttpRequest ready =
        HttpRequest.newBuilder(server.management().resolve("/health/ready"))
            .timeout(HEALTH_LIMIT)
            .build();
    try {
      return http.send(ready, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What the ledger that takes writes now and all journals hold. */
  LedgerCopy ledger() {
    List<Path> journals = new ArrayList<>(List.of(folder.resolve(STOCK_JOURNAL)));
    servers.forEach(it -> journals.add(it.journal()));
    return LedgerCopy.readRunning(pair.url(), pair.user(), journals);
  }

  /** Does something with the ledger. */
  <R> R inLedger(Function<Database, R> work) {
    DatabaseSettings settings = new DatabaseSettings(pair.url(), pair.user(), "", 2);
    try (Database database = Database.openMigrated(settings)) {
      return work.apply(database);
    }
  }

  private InkanConfig config() {
    return ConfigFile.load(installation.config());
  }

  private JdbiTransactions transactions(Database database) {
    InkanConfig config = config();
    Clock clock = Clock.systemUTC();
    SealedMailComposer composer =
        new SealedMailComposer(
            Letterhead.of(config.bank()),
            new MailSeal(config.secrets().serverKeyFile().key()),
            new SecureRandom(),
            clock);
    return new JdbiTransactions(database, composer, clock);
  }

  @Override
  public void close() {
    nodes().forEach(TwoServers.Node::close);
    installation.close();
  }
}
