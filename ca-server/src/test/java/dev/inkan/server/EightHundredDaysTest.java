package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.Host;
import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.command.QuietLog;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Initialisation;
import dev.inkan.server.job.Job;
import dev.inkan.server.registration.administration.UserImport;
import dev.inkan.server.simulation.Moments;
import dev.inkan.server.simulation.SimulatedClock;
import dev.inkan.server.simulation.Simulation;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.Engine;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 800 days in the life of 60 users, of 200 with {@code -Dinkan.days.users=200}. Every choice comes
 * from a seed, which is printed; {@code -Dinkan.days.seed=N} lives through the same days again.
 */
@DisplayName("800 simulated days of many users")
final class EightHundredDaysTest {

  private static final int DAYS = 800;
  private static final int USERS = Integer.getInteger("inkan.days.users", 60);
  private static final int OF_ONE_ORGANISATION = 8;
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant START = Instant.parse("2026-11-21T15:00:00Z");

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

  private final long seed = Long.getLong("inkan.days.seed", new SecureRandom().nextLong());
  private final SimulatedClock clock = new SimulatedClock(START);

  @ParameterizedTest(name = "A3, A4, A5, A8, B7: on {0}, each day ends as the manual says")
  @EnumSource
  @Tag("A3")
  @Tag("A4")
  @Tag("A5")
  @Tag("A8")
  @Tag("B7")
  void everyDay(Engine engine, @TempDir Path folder) throws IOException {
    System.out.println(
        "800 days of %d users on %s: -Dinkan.days.seed=%d".formatted(USERS, engine, seed));
    InkanConfig config = CheapPasswords.in(installation(engine, folder));
    FaultyTransport transport = new FaultyTransport(seed, clock, TOKYO);
    try (SimulatedNode one = new SimulatedNode(config, clock, "one", transport)) {
      List<SimulatedNode> nodes = new ArrayList<>(List.of(one));
      if (engine == Engine.POSTGRESQL) {
        nodes.add(new SimulatedNode(config, clock, "other", transport));
      }
      try {
        Runnable eachDay =
            engine == Engine.H2
                ? () -> QuickCommits.in(one.storage().database().dataSource())
                : () -> {};
        SimulatedPeople.Tally tally =
            QuietLog.during(() -> live(config, nodes, transport, eachDay));
        System.out.println(tally + "; " + transport);
        assertThat(tally.issued).isGreaterThan(2 * USERS);
        assertThat(tally.locks).isGreaterThan(USERS / 2);
      } finally {
        nodes.subList(1, nodes.size()).forEach(SimulatedNode::close);
      }
    }
  }

  private SimulatedPeople.Tally live(
      InkanConfig config, List<SimulatedNode> nodes, FaultyTransport transport, Runnable eachDay) {
    SimulatedPeople people =
        new SimulatedPeople(new Random(seed), TOKYO, clock, nodes, transport, USERS);
    register(people.users(), config, nodes.get(0));
    Job everywhere = new Job("all jobs", Duration.ofMinutes(10), () -> runJobs(nodes));
    Simulation simulation =
        new Simulation(
            clock, Moments.daily(TOKYO, Duration.ofMinutes(10), noons()), List.of(everywhere));
    DayChecks checks = new DayChecks(nodes.get(0).storage(), transport, TOKYO);
    LocalDate day = LocalDate.ofInstant(START, TOKYO);
    for (int i = 0; i < DAYS; i++, day = day.plusDays(1)) {
      eachDay.run();
      simulation.passTo(day.atStartOfDay(TOKYO).toInstant());
      people.plan(day);
      Instant night = day.plusDays(1).atStartOfDay(TOKYO).toInstant().minusMillis(1);
      people.liveUntil(night, simulation);
      simulation.passTo(night);

      assertThat(people.drainViolations()).as("%s, seed %d", day, seed).isEmpty();
      assertThat(checks.violations(night, people.users())).as("%s, seed %d", day, seed).isEmpty();
    }
    return people.tally();
  }

  private static void runJobs(List<SimulatedNode> nodes) {
    if (nodes.size() == 1) {
      nodes.get(0).runJobs();
      return;
    }
    List<Callable<Boolean>> sides =
        nodes.stream()
            .map(
                node ->
                    (Callable<Boolean>)
                        () -> {
                          node.runJobs();
                          return true;
                        })
            .toList();
    assertThat(Side.bySide(sides)).containsOnly(true);
  }

  /** When mails that were put off are tried again. */
  private static List<Instant> noons() {
    return LongStream.range(0, DAYS)
        .mapToObj(day -> START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12)))
        .toList();
  }

  private void register(List<SimulatedUser> users, InkanConfig config, SimulatedNode node) {
    String rows =
        users.stream().map(it -> row(it, users.indexOf(it))).collect(Collectors.joining("\r\n"));
    String csv = String.join(",", UserImport.COLUMNS) + "\r\n" + rows + "\r\n";
    Host host = new Host(clock, new SecureRandom(), config.node());
    UserImport.Result result =
        ImportUsersCommand.importer(node.storage(), config, host)
            .importUsers(new StringReader(csv));
    assertThat(result.problems()).isEmpty();
  }

  private static String row(SimulatedUser user, int number) {
    int organisation = number / OF_ONE_ORGANISATION;
    String role = number % OF_ONE_ORGANISATION == 0 ? "master" : "general";
    return "%08d,みほん組合%d,%s,%s,見本 花子,%s@mihon.example,%s"
        .formatted(organisation, organisation, user.userId, role, user.userId, user.password);
  }

  private InkanConfig installation(Engine engine, Path folder) throws IOException {
    DatabaseSettings database = engine.empty(folder);
    Path password = folder.resolve("database.password");
    Files.writeString(password, database.password().isEmpty() ? "none" : database.password());
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Path file = folder.resolve("inkan.yaml");
    Files.writeString(file, CONFIGURATION);
    Map<String, String> environment = new HashMap<>();
    environment.put("INKAN_AUTHORITY_SUBSCRIBER_KEY", "p-256");
    environment.put("INKAN_PFX_ITERATIONS", "10000");
    environment.put("INKAN_SOURCE_BUDGET_ATTEMPTS", "100000");
    if (engine == Engine.POSTGRESQL) {
      environment.put("INKAN_DATABASE_URL", database.url());
      environment.put("INKAN_DATABASE_USER", database.user());
      environment.put("INKAN_DATABASE_PASSWORD_FILE", password.toString());
    }
    InkanConfig before = ConfigFile.loadForInit(file, environment);
    new Initialisation(before, new Host(clock, new SecureRandom(), before.node())).run();
    return ConfigFile.load(file, environment);
  }
}
