package dev.inkan.server;

import static org.awaitility.Awaitility.await;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.demo.CapturedMail;
import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.http.admin.AdminApplication;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.job.Erasure;
import dev.inkan.server.registration.administration.UserImport;
import dev.inkan.server.registration.invitation.AddOutcome;
import dev.inkan.server.registration.invitation.InitialiseOutcome;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.service.Backups;
import dev.inkan.server.service.BankDesks;
import dev.inkan.server.service.Jobs;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The whole server on 127.0.0.1, made by the real initialisation, its mails caught. Cheap keys, the
 * least password hash, and a source budget that no test uses up unless it says so.
 */
public final class TestServer implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("認証コード:(\\d{6})");
  static final String CONFIGURATION =
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

  // The test's clock runs ahead of the database's by years.
  private static final ClockPolicy AS_THE_TEST_SAYS = new ClockPolicy(Duration.ofDays(36_500));

  private final Path folder;
  private final InkanConfig config;
  private final ShiftedClock clock = new ShiftedClock();
  private final SecureRandom random = new SecureRandom();
  private final Storage storage;
  private final TrustedClients clients;
  private final HttpClient anonymous;
  private final CapturedMailbox mailbox;
  private Server server;
  private int people;

  /** Starts one in {@code folder}; {@code settings} are environment variables and their values. */
  public static TestServer start(Path folder, String... settings) {
    return new TestServer(folder, CapturedMailbox.start(0, java.time.Clock.systemUTC()), settings);
  }

  /** One over the installation that is in {@code folder}, whose clock starts at {@code now}. */
  static TestServer startAt(Path folder, Instant now, String... settings) {
    java.time.Clock system = java.time.Clock.systemUTC();
    Duration off = Duration.between(system.instant(), now);
    return new TestServer(
        folder, CapturedMailbox.start(0, system), off, AS_THE_TEST_SAYS, settings);
  }

  /**
   * One whose clock is off the database's by {@code off}, and which minds that as the bank's do.
   */
  static TestServer startOff(Path folder, Duration off) {
    return new TestServer(
        folder, CapturedMailbox.start(0, java.time.Clock.systemUTC()), off, ClockPolicy.BANK);
  }

  private TestServer(Path folder, CapturedMailbox mailbox, String... settings) {
    this(folder, mailbox, Duration.ZERO, AS_THE_TEST_SAYS, settings);
  }

  private TestServer(
      Path folder, CapturedMailbox mailbox, Duration off, ClockPolicy clocks, String... settings) {
    clock.advance(off);
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
    if (Files.exists(folder.resolve("keys"))) {
      // Somebody made an installation of its own there.
    } else if (environment.containsKey("INKAN_DATABASE_URL")
        || environment.containsKey("INKAN_TOKEN_LABEL")) {
      FreshInstallation.make(file, environment, clock);
    } else {
      FreshInstallation.into(folder);
    }
    this.config = CheapPasswords.in(ConfigFile.load(file, environment));
    this.storage = Storage.open(config, clock, random);
    this.clients = new TrustedClients(folder.resolve("keys/root.cer"));
    this.anonymous = clients.anonymous();
    this.server = Server.start(config, Optional.of(file), host(config), clocks);
  }

  private static Map<String, String> environment(int port, int smtp) {
    Map<String, String> environment = new HashMap<>();
    environment.put("INKAN_WEB_PORT", Integer.toString(port));
    environment.put("INKAN_WEB_PUBLIC_URL", "https://localhost:" + port);
    environment.put("INKAN_STATUS_PORT", "0");
    environment.put("INKAN_ADMIN_PORT", "0");
    environment.put("INKAN_MANAGEMENT_PORT", "0");
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

  /** Where its OCSP responder listens. */
  public URI ocspUrl() {
    return statusUrl().resolve("/ocsp");
  }

  /** Where it tells how it is. */
  public URI managementUrl() {
    return URI.create("http://127.0.0.1:" + server.managementPort());
  }

  /** Where its status listener listens. */
  public URI statusUrl() {
    return URI.create("http://127.0.0.1:" + server.statusPort());
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

  /** Where the admin API is. */
  public URI adminUrl() {
    return URI.create("https://localhost:" + server.adminPort() + "/api/v1");
  }

  /** The first operator, whom the initialisation made. */
  public Staff administrator() {
    try {
      Path keys = folder.resolve("keys");
      return staff(
          Files.readAllBytes(keys.resolve("operator-admin.p12")),
          Files.readString(keys.resolve("operator-admin.passphrase")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody with the credential in {@code pfx}. */
  public Staff staff(byte[] pfx, String password) {
    return new Staff(clients.with(pfx, password), adminUrl());
  }

  /** A new operator with these roles. */
  public Staff operator(String name, String... roles) {
    Staff.Answer made =
        administrator()
            .post("/operators", Map.of("name", name, "displayName", name, "roles", List.of(roles)));
    if (made.status() != 201) {
      throw new IllegalStateException(made.text());
    }
    return staff(
        Base64.getDecoder().decode(made.body().path("pkcs12").asText()),
        made.body().path("passphrase").asText());
  }

  /** The admin API once more, without a listener, to see what it is made of. */
  public AdminApplication adminApplication() {
    try (Node node = new Node(config, clock, "admin-reader")) {
      return node.adminApplication();
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
    importUser("00099999,みほん教職員組合", "general,山田 花子", person);
    return person;
  }

  /** The master user of a new organisation, imported. */
  public synchronized Person newMaster() {
    people++;
    String number = String.format("%03d", people);
    Person person =
        new Person(
            "master" + number, "Inkan#" + number + "m", "master" + number + "@mihon.example");
    importUser(organisation(person), "master,鈴木 一郎", person);
    return person;
  }

  /** A new user of that master user's organisation, imported. */
  public synchronized Person newPersonOf(Person master) {
    people++;
    String number = String.format("%03d", people);
    Person person =
        new Person("sato" + number, "Inkan#" + number + "s", "sato" + number + "@mihon.example");
    importUser(organisation(master), "general,佐藤 次郎", person);
    return person;
  }

  private static String organisation(Person master) {
    return master.userId().replace("master", "00088") + ",みほん団体" + master.userId();
  }

  /** Logs in with a certificate of the person's own, which is made first. */
  public Browser loggedIn(Person person) {
    Visitor visitor = visitor(person).issued();
    return logIn(person, visitor.download().octets());
  }

  /** Logs in with the certificate in {@code pfx}. */
  public Browser logIn(Person person, byte[] pfx) {
    Browser browser = browser(pfx, person.password());
    Reply reply = browser.post("/login", "userId", person.userId(), "password", person.password());
    if (!reply.location().endsWith("/home")) {
      throw new IllegalStateException(reply.heading());
    }
    return browser;
  }

  private void importUser(String organisation, String roleAndName, Person person) {
    List<String> row =
        List.of(organisation, person.userId(), roleAndName, person.mail(), person.password());
    String csv = String.join(",", UserImport.COLUMNS) + "\r\n" + String.join(",", row) + "\r\n";
    UserImport.Result result =
        ImportUsersCommand.importer(storage, config, host(config))
            .importUsers(new StringReader(csv));
    if (result.imported() != 1) {
      throw new IllegalStateException(result.problems().toString());
    }
  }

  /** A new user whose password somebody else set; it ends after {@code lifetime}. */
  public Person newPersonWithInitialPassword(Duration lifetime) {
    Person person = newPerson();
    initialise(person, lifetime);
    return person;
  }

  /** Makes the password of {@code person} one that somebody else set; it stays the same. */
  public void initialise(Person person, Duration lifetime) {
    update(
        "UPDATE app_user SET initial_until = TIMESTAMP WITH TIME ZONE '"
            + clock.instant().plus(lifetime)
            + "' WHERE user_id = '"
            + person.userId()
            + "'");
  }

  /** A new organisation with a letter to its master user. */
  public synchronized Letter newLetter() {
    people++;
    String number = "7" + people;
    BankDesks desks = BankDesks.of(storage, config, host(config));
    AddOutcome outcome =
        desks.organisations().add(new Organisation(number, "見本組合" + people), desks.actor());
    return letter(((AddOutcome.Added) outcome).letter());
  }

  /** A newer letter to the same organisation's master user (C3). */
  public Letter initialise(Letter letter) {
    BankDesks desks = BankDesks.of(storage, config, host(config));
    InitialiseOutcome outcome =
        desks.invitations().initialise(letter.organisation(), desks.actor());
    return letter(((InitialiseOutcome.Initialised) outcome).letter());
  }

  private static Letter letter(IssuedInvitation issued) {
    try (issued) {
      return new Letter(
          issued.invitation().organisation().number(),
          issued.invitation().loginId().value(),
          new String(issued.password().toCharArray()));
    }
  }

  /** Somebody who has a letter and registers in a new browser. */
  public Registrant newRegistrant() {
    return new Registrant(this, newLetter(), newStranger(), browser());
  }

  /** Somebody who is no user. */
  public synchronized Person newStranger() {
    people++;
    String number = String.format("%03d", people);
    return new Person("master" + number, "Inkan#" + number + "m", "m" + number + "@mihon.example");
  }

  /** A new user in a new browser. */
  public Visitor newVisitor() {
    return new Visitor(this, newPerson(), browser());
  }

  public Visitor visitor(Person person) {
    return new Visitor(this, person, browser());
  }

  /** Runs one of the jobs now, whatever the timetable says. */
  public void runJob(String name) {
    new Jobs(config, host(config), storage)
        .others().stream()
            .filter(job -> job.name().equals(name))
            .findFirst()
            .orElseThrow()
            .work()
            .run();
  }

  /** Makes a backup if it is time, as the job does. */
  void runBackup() {
    Path file = folder.resolve("inkan.yaml");
    new Backups(file, config, host(config))
        .job(storage, Authorities.open(config, host(config), storage).issuer())
        .work()
        .run();
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

  /** What the job that erases does, at once. */
  public void eraseExpired() {
    new Erasure(storage.transactions(), config.code().lifetime(), clock).run();
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

  /** Stops the server, does {@code work} as a command would, and starts the server again. */
  void whileStopped(Runnable work) {
    server.close();
    work.run();
    server =
        Server.start(
            config, Optional.of(folder.resolve("inkan.yaml")), host(config), AS_THE_TEST_SAYS);
  }

  @Override
  public void close() {
    server.close();
    storage.close();
    mailbox.close();
  }
}
