package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two real servers over one PostgreSQL: what is revoked on one is told by the other, and mails are
 * handed over once whoever dies. Each test leaves both running.
 */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TwoProcessesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROUNDS = Integer.getInteger("inkan.pair.rounds", 5);

  /** A second is what the bank is told; beside other tests on two cores it may take longer. */
  private static final Duration SLOWEST = Duration.ofSeconds(ROUNDS < 200 ? 5 : 1);

  private static final CertificateStatus GOOD = new CertificateStatus.Good();
  private static final int TRY_LATER = 3;

  @TempDir private static Path folder;

  private static TwoServers servers;
  private static Deque<SerialNumber> stock;
  private static Clerk clerk;
  private static Map<TwoServers.Node, StatusClient> status;

  @BeforeAll
  static void start() throws IOException {
    servers = TwoServers.install(folder);
    stock =
        new ArrayDeque<>(
            servers.<List<SerialNumber>>inLedger(
                transactions ->
                    IssuedStock.issue(
                        servers.config(), transactions, folder.resolve("stock.log"), ROUNDS + 2)));
    servers.start();
    clerk = Clerk.added(folder, servers.one().admin(), "kimura");
    status = new HashMap<>();
    for (TwoServers.Node node : servers.both()) {
      status.put(node, new StatusClient(node.status(), servers.installation().issuing()));
    }
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @Tag("D2")
  @Tag("E1")
  @Tag("E2")
  @DisplayName(
      "D2: revoked on one server: its next OCSP answer says so, the other's and the other's CRL"
          + " within a second")
  void revocationReachesTheOtherServer() {
    Delays ocsp = new Delays();
    Delays crl = new Delays();
    for (int round = 0; round < ROUNDS; round++) {
      TwoServers.Node here = round % 2 == 0 ? servers.one() : servers.two();
      StatusClient there = client(round % 2 == 0 ? servers.two() : servers.one());
      SerialNumber serialNumber = stock.remove();
      assertThat(client(here).ask(serialNumber).status()).isEqualTo(GOOD);
      assertThat(there.ask(serialNumber).status()).as("signed and kept").isEqualTo(GOOD);

      clerk.revoke(here.admin(), serialNumber);
      Sighting sighting = new Sighting(there, serialNumber);
      assertThat(client(here).isRevoked(serialNumber)).as("the first answer").isTrue();
      sighting.await();
      ocsp.add(sighting.ocsp().orElseThrow());
      crl.add(sighting.crl().orElseThrow());
    }
    System.out.println("revoked until the other server's OCSP says so: " + ocsp);
    System.out.println("revoked until it is on the other server's CRL: " + crl);
    assertThat(ocsp.slowest()).isLessThan(SLOWEST);
    assertThat(crl.slowest()).isLessThan(SLOWEST);
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @Tag("S11")
  @Tag("E2")
  @DisplayName(
      "S11: the database gone: answers and CRLs go on from memory and disk, then tryLater; back"
          + " again, so are the answers, and a revocation gets through")
  void databaseGone() {
    SerialNumber revoked = stock.remove();
    SerialNumber other = stock.remove();
    clerk.revoke(servers.one().admin(), revoked);
    Awaitility.await("the CRL that lists it")
        .atMost(PATIENCE)
        .until(() -> client(servers.two()).lists(revoked));
    X509CRL before = client(servers.two()).crl();

    servers.stopDatabase();
    for (TwoServers.Node node : servers.both()) {
      assertThat(client(node).isRevoked(revoked)).isTrue();
      assertThat(client(node).ask(other).status()).isEqualTo(GOOD);
    }
    Awaitility.await("the end of what is known")
        .atMost(PATIENCE)
        .until(
            () ->
                servers.both().stream().allMatch(it -> client(it).ask(other).code() == TRY_LATER));
    assertThat(client(servers.one()).ask(revoked).code()).isEqualTo(TRY_LATER);
    assertThat(client(servers.two()).crl()).isEqualTo(before);

    servers.startDatabase();
    for (TwoServers.Node node : servers.both()) {
      Awaitility.await("answers of " + node.name())
          .atMost(PATIENCE)
          .until(() -> client(node).ask(other).code() == 0);
      assertThat(client(node).ask(other).status()).isEqualTo(GOOD);
    }
    clerk.revoke(servers.two().admin(), other);
    assertThat(client(servers.two()).isRevoked(other)).isTrue();
    Awaitility.await("the next CRL")
        .atMost(PATIENCE)
        .until(() -> client(servers.one()).lists(other));
    assertThat(client(servers.one()).lists(revoked)).isTrue();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @Tag("A4")
  @Tag("B12")
  @DisplayName(
      "kill -9 after the mail server took a mail and before that is written down: it goes once"
          + " more, as the same message, and no third time")
  void killedBetweenHandOverAndCommit() {
    ReaderMails box = new ReaderMails(servers);
    TwoServers.Node killed = box.killWhoSendsNext(1);
    assertThat(box.claimedBy()).containsExactly(killed.name());

    killed.start();
    box.await(2);
    box.awaitAllSent();
    box.queue(1);
    box.await(3);

    List<MailServer.Mail> mails = box.mails();
    assertThat(mails.get(0)).isEqualTo(mails.get(1));
    assertThat(mails).hasSize(3);
    assertThat(box.distinct()).isEqualTo(2);
    assertThat(killed.process().line(it -> it.contains("1 mails were being handed over")))
        .isPresent();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @Tag("A4")
  @DisplayName(
      "Two servers send 200 mails, each once; when the one that sends is killed the other goes on,"
          + " and nothing is lost")
  void oneDiesWhileBothSend() {
    ReaderMails box = new ReaderMails(servers);
    box.queue(200);
    box.awaitAllSent();
    assertThat(box.mails()).hasSize(200);
    assertThat(box.distinct()).isEqualTo(200);

    TwoServers.Node killed = box.killWhoSendsNext(60);
    int before = box.mails().size();
    box.await(before + 40);

    killed.start();
    box.awaitAllSent();
    assertThat(box.distinct()).isEqualTo(260);
    assertThat(box.mails()).hasSize(261);
  }

  private static StatusClient client(TwoServers.Node node) {
    return Optional.ofNullable(status.get(node)).orElseThrow();
  }
}
