package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.client.ProblemException;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two servers over a primary, and a status node over its synchronous standby: first the standby
 * dies and comes back, then the primary dies for good while certificates are issued and revoked.
 * {@code -Dinkan.failover.count} says how many of each.
 */
@Timeout(900)
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailOverTest {

  private static final int COUNT = Integer.getInteger("inkan.failover.count", 24);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As long as somebody, or Patroni, takes to find out. */
  private static final Duration UNTIL_PROMOTED = Duration.ofSeconds(2);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

  /** The answer's timeout, and what a loaded machine adds. */
  private static final Duration LONGEST = ANSWER_TIMEOUT.plusSeconds(13);

  private static final int AT_THE_BLOCKED = 8;

  @TempDir private static Path folder;

  private static PostgresPair pair;
  private static FailOverInstallation installation;
  private static List<User> users;
  private static List<SerialNumber> stock;
  private static Clerk clerk;
  private static Map<String, StatusClient> clients;

  @BeforeAll
  static void start() throws IOException {
    pair = PostgresPair.start();
    installation = FailOverInstallation.over(pair, folder, ANSWER_TIMEOUT);
    users = installation.addUsers(COUNT);
    stock = installation.addStock(COUNT + 3);
    installation.start();
    clerk = Clerk.added(folder, installation.servers().get(0).node().admin(), "kimura");
    clients = new HashMap<>();
    for (TwoServers.Node node : installation.nodes()) {
      clients.put(
          node.name(), new StatusClient(node.status(), installation.installation().issuing()));
    }
  }

  @AfterAll
  static void stop() {
    try (PostgresPair last = pair;
        FailOverInstallation first = installation) {
      assertThat(first.pair()).isSameAs(last);
    }
  }

  @Test
  @Order(1)
  @Tag("S11")
  @Tag("D2")
  @DisplayName(
      "S11: the synchronous standby dies: whoever writes is told to come again, health says why,"
          + " OCSP goes on; told to go on alone the primary does, and the revocation is there")
  void standbyDies() {
    SerialNumber revoked = stock.get(COUNT + 1);
    SerialNumber witness = stock.get(COUNT);
    FailOverInstallation.Server server = installation.servers().get(0);
    pair.kill(pair.standby());

    List<CompletableFuture<Duration>> blocked =
        Stream.concat(
                Stream.of(CompletableFuture.supplyAsync(() -> refused(server, revoked))),
                users.stream()
                    .limit(AT_THE_BLOCKED)
                    .map(user -> CompletableFuture.supplyAsync(() -> refused(server, user))))
            .toList();
    Awaitility.await("health says why")
        .atMost(PATIENCE)
        .until(() -> installation.health(server).contains("wait for a synchronous standby"));
    clients.forEach((name, client) -> assertThat(client.ask(witness).code()).as(name).isZero());
    List<Duration> waits = blocked.stream().map(CompletableFuture::join).toList();
    System.out.println("standby away: requests were refused after " + waits);
    assertThat(waits).allMatch(it -> it.compareTo(LONGEST) < 0);

    pair.goOnAlone();
    Awaitility.await("the revocation, by itself or asked for again")
        .atMost(PATIENCE)
        .until(() -> isRevoked(server, revoked));
    assertThat(Optional.ofNullable(clients.get(server.name())).orElseThrow().isRevoked(revoked))
        .isTrue();
    Awaitility.await("health")
        .atMost(PATIENCE)
        .until(() -> !installation.health(server).contains("synchronous standby"));
    clerk.revoke(server.node().admin(), stock.get(COUNT + 2));

    pair.startStandbyAgain();
    Awaitility.await("the status node")
        .atMost(PATIENCE)
        .until(() -> clients.values().stream().allMatch(it -> it.isRevoked(revoked)));
  }

  private static boolean isRevoked(FailOverInstallation.Server server, SerialNumber serial) {
    try {
      clerk.elsewhere().revoke(server.node().admin(), serial);
      return true;
    } catch (ProblemException e) {
      return e.type().equals(Optional.of(ProblemType.WRONG_STATE));
    }
  }

  private static Duration refused(FailOverInstallation.Server server, SerialNumber serial) {
    long begin = System.nanoTime();
    try {
      clerk.elsewhere().revoke(server.node().admin(), serial);
      throw new AssertionError("acknowledged, and no standby has it");
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isEqualTo(503);
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  private static Duration refused(FailOverInstallation.Server server, User user) {
    long begin = System.nanoTime();
    FlowClient client = new FlowClient(server.web(), installation.tls(), LONGEST.multipliedBy(2));
    FlowClient.Answer answer =
        client.submitted("/issue", Map.of("userId", user.userId(), "password", user.password()));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("ただいまご利用いただけません");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  @Order(2)
  @Tag("S8")
  @Tag("S9")
  @Tag("D2")
  @Tag("E1")
  @Tag("E2")
  @DisplayName(
      "S8: kill -9 of the primary while servers issue and revoke: the standby takes over, nothing"
          + " acknowledged is lost, no number is used twice, and OCSP is never away")
  void primaryDies() {
    try (FailOverLoad load = new FailOverLoad(installation, clerk, users, stock.subList(0, COUNT));
        StatusWatch watch = new StatusWatch(clients, stock.get(COUNT))) {
      watch.start();
      load.start();
      load.awaitAcknowledged(COUNT / 4);
      load.hurry();
      long killed = System.nanoTime();
      pair.kill(pair.primary());
      Awaitility.await().pollDelay(UNTIL_PROMOTED).until(() -> true);
      pair.promote();
      long promoted = System.nanoTime();
      load.await();

      List<String> contradictions =
          new FailOverEvidence(installation, clients, load).contradictions();
      System.out.println("fail-over: " + load);
      System.out.println("fail-over: " + watch);
      System.out.println("fail-over: " + load.figures(killed, promoted));
      assertThat(contradictions).isEmpty();
      assertThat(load.contradictions()).isEmpty();
      assertThat(watch.contradictions()).isEmpty();
      assertThat(load.received().size() + load.holdWithoutFile().size()).isEqualTo(COUNT);
      assertThat(load.revoked().size() + load.givenUp().size()).isEqualTo(COUNT);
      assertThat(load.faults()).as("requests in flight").isNotEmpty();
      assertThat(whoFoundAnotherLedger()).isEmpty();
    }
  }

  /** Servers that say the ledger forgot something. */
  private static String whoFoundAnotherLedger() {
    return installation.nodes().stream()
        .filter(
            it ->
                it.process()
                    .line(line -> line.contains("Restart every server on this database"))
                    .isPresent())
        .map(TwoServers.Node::name)
        .collect(Collectors.joining(" "));
  }
}
