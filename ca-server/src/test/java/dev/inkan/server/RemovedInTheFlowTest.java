package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.certificate.BeginOutcome;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.service.Registration;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C4: a user removed, or given another password, in the middle of the issue flow. */
@Tag("C4")
final class RemovedInTheFlowTest {

  private TestServer server;
  private Person boss;
  private Browser master;
  private Person hanako;
  private Visitor visitor;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    boss = server.newMaster();
    master = server.loggedIn(boss);
    hanako = server.newPersonOf(boss);
    visitor = server.visitor(hanako);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void remove() {
    Reply reply = master.post("/users/" + hanako.userId() + "/remove");
    assertThat(reply.status()).as(reply.heading()).isEqualTo(303);
  }

  private void assertOver(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.heading()).isEqualTo("時間がたったため、終了しました");
  }

  @Test
  @DisplayName("C4: at ⑤ the next step says that the session is over, and nothing is issued")
  void atTheCode() {
    visitor.applied();
    String code = server.awaitCode(hanako, 1);
    remove();

    assertOver(visitor.enter(code));

    assertOver(visitor.browser().get("/issue/code"));
    assertThat(server.applications(hanako)).containsExactly("CANCELLED");
    assertThat(server.ledger(hanako)).isEmpty();
  }

  @Test
  @DisplayName("C4: so it does at ⑥")
  void atTheConfirmation() {
    visitor.confirmed();
    remove();

    assertOver(visitor.issue());

    assertOver(visitor.browser().get("/issue/confirm"));
    assertOver(visitor.browser().get("/issue/progress"));
    assertThat(server.applications(hanako)).containsExactly("CANCELLED");
    assertThat(server.ledger(hanako)).isEmpty();
  }

  @Test
  @DisplayName("C4: who is removed before the making begins gets no certificate and no entry")
  void beforeTheMaking() {
    Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    try (SecondNode node = new SecondNode(server, () -> {}, waiting)) {
      visitor.confirmed();
      assertThat(node.begin(visitor)).isEqualTo(BeginOutcome.BEGUN);
      remove();

      waiting.remove().run();

      assertNothingIssued(List.of());
    }
  }

  @Test
  @DisplayName("C4: who is removed while the certificate is signed gets none: it is abandoned")
  void whileItIsMade() {
    Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    try (SecondNode node = new SecondNode(server, this::remove, waiting)) {
      visitor.confirmed();
      assertThat(node.begin(visitor)).isEqualTo(BeginOutcome.BEGUN);

      waiting.remove().run();

      assertNothingIssued(List.of("ABANDONED"));
    }
  }

  @Test
  @DisplayName("C4: nor does a file come into being with a password that was replaced meanwhile")
  void initialisedWhileItIsMade() {
    Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    Runnable initialise =
        () ->
            assertThat(master.post("/users/" + hanako.userId() + "/password").status())
                .isEqualTo(303);
    try (SecondNode node = new SecondNode(server, initialise, waiting)) {
      visitor.confirmed();
      node.begin(visitor);

      waiting.remove().run();

      assertNothingIssued(List.of("ABANDONED"));
    }
  }

  private void assertNothingIssued(List<String> ledger) {
    assertOver(visitor.browser().get("/issue/progress"));
    assertOver(visitor.browser().get("/issue/result"));
    assertThat(server.ledger(hanako)).isEqualTo(ledger);
    assertThat(server.applications(hanako)).containsExactly("CANCELLED");
    assertThat(
            server.query(
                "SELECT kind FROM mail_outbox WHERE kind = 'issued' AND recipient = '"
                    + hanako.mail()
                    + "'"))
        .isEmpty();
  }

  @Test
  @DisplayName("C4: a certificate that was there first stays, and its file goes with the session")
  void afterwards() {
    visitor.issued();
    remove();

    assertOver(visitor.browser().get("/issue/result"));
    assertThat(visitor.download().status()).isEqualTo(403);
    assertThat(server.ledger(hanako)).containsExactly("ISSUED");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.mails(hanako).stream().anyMatch(mail -> mail.text().contains("削除")));
  }

  /** A server that makes certificates when it is told to, and lets something happen in between. */
  private static final class SecondNode implements AutoCloseable {

    private final Storage storage;
    private final FileJournal journal;
    private final KeyPool keys;
    private final WebApplication.Desks desks;

    SecondNode(TestServer server, Runnable onceReserved, Queue<Runnable> waiting) {
      Host host = new Host(server.clock(), new SecureRandom(), new NodeName("second"));
      this.storage = Storage.open(server.config(), server.clock(), host.random());
      Authorities authorities = Authorities.open(server.config(), host, storage);
      Path file = server.config().journal().file().resolveSibling("second.log");
      this.journal = FileJournal.open(file, host.node(), authorities.issuer());
      this.keys = authorities.keyPool();
      CertificationAuthority<RegistrationStores> authority =
          authorities.certificationAuthority(
              new Interrupted(storage.transactions(), onceReserved), journal, keys);
      this.desks =
          new Registration(server.config(), host, storage.transactions())
              .desks(
                  authority,
                  authorities.policy(),
                  storage.secret(),
                  authorities.revocationAuthority(storage.transactions(), journal),
                  new Waiting(waiting));
    }

    BeginOutcome begin(Visitor visitor) {
      return desks.issue().begin(SessionToken.parse(visitor.browser().token()).orElseThrow());
    }

    @Override
    public void close() {
      keys.close();
      journal.close();
      storage.close();
    }
  }

  /** Runs something once the first transaction is over: the serial number is reserved then. */
  private record Interrupted(
      Transactions<RegistrationStores> transactions, Runnable act, AtomicBoolean done)
      implements Transactions<RegistrationStores> {

    Interrupted(Transactions<RegistrationStores> transactions, Runnable act) {
      this(transactions, act, new AtomicBoolean());
    }

    @Override
    public <R> R inTransaction(Function<RegistrationStores, R> work) {
      R result = transactions.inTransaction(work);
      if (done.compareAndSet(false, true)) {
        act.run();
      }
      return result;
    }
  }

  /** Workers that wait to be told. */
  private static final class Waiting extends AbstractExecutorService {

    private final Queue<Runnable> tasks;

    Waiting(Queue<Runnable> tasks) {
      this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
