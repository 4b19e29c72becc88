package dev.inkan.server;

import static org.awaitility.Awaitility.await;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.demo.CapturedMail;
import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.UserImport;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The whole server on 127.0.0.1, made by the real initialisation, its mails caught. Cheap keys, the
 * least password hash, and a source budget that no test uses up unless it says so.
 */
public final class TestServer implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("認証コード:(\\d{6})");
  private static final String CONFIGURATION =
      """
      web:
        public-url: https://localhost:8443
      status:
        base-url: http://localhost:8080
      mail:
        host: 127.0.0.1
        security: none
        from: inkan@mihon-rokin.example
      """;

  private final Path folder;
  private final InkanConfig config;
  private final ShiftedClock clock = new ShiftedClock();
  private final SecureRandom random = new SecureRandom();
  private final Storage storage;
  private final TrustedClients clients;
  private final HttpClient anonymous;
  private final CapturedMailbox mailbox;
  private final Server server;
  private int people;

  /** Starts one in {@code folder}; {@code settings} are environment variables and their values. */
  public static TestServer start(Path folder, String... settings) {
    return new TestServer(folder, CapturedMailbox.start(0, java.time.Clock.systemUTC()), settings);
  }

  private TestServer(Path folder, CapturedMailbox mailbox, String... settings) {
    this.folder = folder;
    this.mailbox = mailbox;
    Map<String, String> environment = environment(freePort(), mailbox.port());
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    Path file = folder.resolve("inkan.yaml");
    try {
      Files.writeString(file, CONFIGURATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InkanConfig before = ConfigFile.loadForInit(file, environment);
    new Initialisation(before, host(before)).run();
    this.config = ConfigFile.load(file, environment);
    this.storage = Storage.open(config, clock, random);
    this.clients = new TrustedClients(folder.resolve("keys/root.cer"));
    this.anonymous = clients.anonymous();
    this.server = Server.start(config, host(config));
  }

  private static Map<String, String> environment(int port, int smtp) {
    Map<String, String> environment = new HashMap<>();
    environment.put("INKAN_WEB_PORT", Integer.toString(port));
    environment.put("INKAN_WEB_PUBLIC_URL", "https://localhost:" + port);
    environment.put("INKAN_MAIL_PORT", Integer.toString(smtp));
    environment.put("INKAN_MAIL_RETRY_FIRST", "100ms");
    environment.put("INKAN_MAIL_RETRY_LAST", "1s");
    environment.put("INKAN_AUTHORITY_SUBSCRIBER_KEY", "p-256");
    environment.put("INKAN_PFX_ITERATIONS", "10000");
    environment.put("INKAN_SOURCE_BUDGET_ATTEMPTS", "100000");
    environment.put("INKAN_PASSWORD_HASHING_QUEUE", "500");
    return environment;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Host host(InkanConfig it) {
    return new Host(clock, random, it.node());
  }

  InkanConfig config() {
    return config;
  }

  Storage storage() {
    return storage;
  }

  /** Ends the server as SIGTERM does; the database stays open to the test. */
  public void stop() {
    server.close();
  }

  public Path folder() {
    return folder;
  }

  public ShiftedClock clock() {
    return clock;
  }

  public CapturedMailbox mailbox() {
    return mailbox;
  }

  public URI url() {
    return config.web().publicUrl();
  }

  public SSLContext tls() {
    return clients.context();
  }

  /** The same application once more, without a listener, to see what it is made of. */
  public WebApplication application() {
    try (Node node = new Node(config, clock, "reader")) {
      return node.application();
    }
  }

  /** A browser without certificate. */
  public Browser browser() {
    return new Browser(anonymous, url());
  }

  /** A browser into which {@code pfx} was imported. */
  public Browser browser(byte[] pfx, String password) {
    return new Browser(clients.with(pfx, password), url());
  }

  /** A new user, imported. */
  public synchronized Person newPerson() {
    people++;
    String number = String.format("%03d", people);
    Person person =
        new Person(
            "yamada" + number, "Inkan#" + number + "x", "yamada" + number + "@mihon.example");
    importUsers("00099999,みほん教職員組合," + person.userId() + ",general,山田 花子," + person.mail(), person);
    return person;
  }

  private void importUsers(String row, Person person) {
    String csv =
        String.join(",", UserImport.COLUMNS) + "\r\n" + row + "," + person.password() + "\r\n";
    UserImport.Result result =
        ImportUsersCommand.importer(storage, config, host(config))
            .importUsers(new StringReader(csv));
    if (result.imported() != 1) {
      throw new IllegalStateException(result.problems().toString());
    }
  }

  /** A new user in a new browser. */
  public Visitor newVisitor() {
    return new Visitor(this, newPerson(), browser());
  }

  public Visitor visitor(Person person) {
    return new Visitor(this, person, browser());
  }

  /** The mails to {@code person}, the newest first. */
  public List<CapturedMail> mails(Person person) {
    return mailbox.mails().stream().filter(mail -> mail.to().equals(person.mail())).toList();
  }

  /** The codes mailed to {@code person}, the newest first. */
  public List<String> codes(Person person) {
    return mails(person).stream()
        .map(mail -> CODE.matcher(mail.text()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  /** The newest code, once {@code count} were mailed. */
  public String awaitCode(Person person, int count) {
    await().atMost(Duration.ofSeconds(40)).until(() -> codes(person).size() >= count);
    return codes(person).get(0);
  }

  /** The first column of a query's rows. */
  public List<String> query(String sql) {
    try (Connection connection = storage.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void update(String sql) {
    try (Connection connection = storage.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** States of the ledger's entries for {@code person}. */
  public List<String> ledger(Person person) {
    return query(
        "SELECT c.state FROM certificate c JOIN app_user u ON c.subscriber_id = u.id"
            + " WHERE u.user_id = '"
            + person.userId()
            + "'");
  }

  /** States of the applications of {@code person}, the oldest first. */
  public List<String> applications(Person person) {
    return query(
        "SELECT a.state FROM certificate_application a JOIN app_user u ON a.subscriber_id = u.id"
            + " WHERE u.user_id = '"
            + person.userId()
            + "' ORDER BY a.created_at");
  }

  @Override
  public void close() {
    server.close();
    storage.close();
    mailbox.close();
  }
}
