package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.client.ProblemException;
import dev.inkan.admin.client.UnreachableException;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server over a cluster that Patroni keeps; {@code bin/test-failover} runs it. */
@Tag("patroni")
@Timeout(600)
class PatroniTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STOCK = 200;
  private static final int BEFORE = 20;

  @TempDir private Path folder;

  @Test
  @Tag("S8")
  @Tag("D2")
  @DisplayName(
      "S8: the leader's machine dies: Patroni promotes the synchronous standby, the server finds"
          + " it by itself, and every revocation that was acknowledged is there")
  void leaderDies() throws IOException {
    try (PatroniCluster cluster = PatroniCluster.start()) {
      create(cluster, "CREATE DATABASE inkan");
      Installation installation =
          Installation.make(
              folder,
              """
              database:
                url: %s
                user: postgres
              authority: {subscriber-key: p-256, key-pool-size: 1}
              """
                  .formatted(cluster.url("inkan")));
      Deque<SerialNumber> stock = new ArrayDeque<>(stock(installation, cluster));
      SerialNumber witness = stock.remove();
      try (installation;
          ServerProcess server = installation.serve()) {
        Clerk clerk = Clerk.added(folder, installation.adminUri(), "kimura");
        StatusClient status =
            new StatusClient(
                java.net.URI.create("http://127.0.0.1:" + installation.statusPort()),
                installation.issuing());
        List<SerialNumber> revoked = new ArrayList<>();
        while (revoked.size() < BEFORE) {
          clerk.revoke(installation.adminUri(), stock.peek());
          revoked.add(stock.remove());
        }

        long killed = System.nanoTime();
        cluster.killLeader();
        Awaitility.await("a revocation after the fail-over")
            .atMost(PATIENCE)
            .pollInSameThread()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(200))
            .until(
                () -> {
                  assertThat(status.ask(witness).code()).as("OCSP goes on").isZero();
                  return tried(clerk, installation, stock.peek());
                });
        revoked.add(stock.remove());
        double seconds = (System.nanoTime() - killed) / 1e9;
        System.out.printf("patroni: revoking works again %.1f s after the kill%n", seconds);
        cluster.awaitTakeOver();
        assertThat(revoked).allMatch(status::isRevoked);
        assertThat(server.isAlive()).isTrue();
      }
    }
  }

  private static boolean tried(Clerk clerk, Installation installation, SerialNumber serial) {
    try {
      clerk.revoke(installation.adminUri(), serial);
      return true;
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isIn(503, 409);
      return e.problem().status() == 409;
    } catch (UnreachableException e) {
      return false;
    }
  }

  private List<SerialNumber> stock(Installation installation, PatroniCluster cluster) {
    InkanConfig config = ConfigFile.load(installation.config());
    Clock clock = Clock.systemUTC();
    SealedMailComposer composer =
        new SealedMailComposer(
            Letterhead.of(config.bank()),
            new MailSeal(config.secrets().serverKeyFile().key()),
            new SecureRandom(),
            clock);
    DatabaseSettings settings = new DatabaseSettings(cluster.url("inkan"), "postgres", "", 2);
    try (Database database = Database.openMigrated(settings)) {
      return IssuedStock.issue(
          config,
          new JdbiTransactions(database, composer, clock),
          folder.resolve("stock.log"),
          STOCK);
    }
  }

  private static void create(PatroniCluster cluster, String sql) {
    try (Connection connection =
            DriverManager.getConnection(cluster.url("postgres"), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
