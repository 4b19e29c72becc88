package dev.inkan.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.config.MailConfig;
import dev.inkan.server.mail.MailQueue;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.MailSender;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.mail.RetrySchedule;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiJobs;
import dev.inkan.server.store.JdbiTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What happens by itself")
class TimetableTest {

  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final NodeName NODE = new NodeName("one");
  private static final SubscriberId USER = new SubscriberId("u-1");
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));
  private static final TokenHash TOKEN = new TokenHash("a".repeat(64));

  @TempDir private Path folder;

  private final MutableClock clock = new MutableClock(NOW);
  private final CountingQueue queue = new CountingQueue();
  private Database database;
  private Transactions<RegistrationStores> transactions;
  private Timetable timetable;

  @BeforeEach
  void open() {
    database = Database.openAndMigrate(settings());
    transactions =
        new JdbiTransactions(
            database, (number, language, notice) -> SealedSecret.copyOf(new byte[] {1}), clock);
    SmtpSubmission nowhere =
        new SmtpSubmission(
            new SmtpSettings(
                "localhost",
                1,
                MailConfig.Security.NONE,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Optional.empty()),
            new MailAddress("inkan@bank.example"),
            "Bank",
            clock);
    RetrySchedule retries =
        new RetrySchedule(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1));
    MailSender sender =
        new MailSender(queue, new MailSeal(new byte[32]), nowhere, retries, NODE, clock);
    timetable =
        new Timetable(
            database.dataSource(),
            NODE,
            new Job("send-mail", Duration.ofMillis(500), sender::sendDue),
            List.of());
  }

  @AfterEach
  void close() {
    timetable.close();
    database.close();
  }

  @Test
  @DisplayName("A woken sender looks at the queue at once, without the timetable")
  void wakes() {
    timetable.wakeMail();

    await().until(() -> queue.claims.get() == 1);
  }

  @Test
  @DisplayName("The timetable looks at the queue by itself")
  void runs() {
    timetable.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> queue.claims.get() >= 2);
  }

  @Test
  @Tag("A4")
  @DisplayName("A job whose server died in the middle of a run goes on at another one")
  @SuppressWarnings("try") // The database goes while its server still runs.
  void takesOverFromTheDead() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Job dying = new Job("send-mail", Duration.ofMillis(100), () -> park(never));
    Job living = new Job("send-mail", Duration.ofMillis(100), runs::incrementAndGet);
    Duration heartbeat = Duration.ofMillis(500);
    NodeName other = new NodeName("two");
    try (Database dead = Database.openMigrated(settings());
        Timetable first = new Timetable(dead.dataSource(), NODE, dying, List.of(), heartbeat);
        Timetable second =
            new Timetable(database.dataSource(), other, living, List.of(), heartbeat)) {
      first.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> picked().equals("one"));
      second.start();
      // Without its database a server is dead to all others: no heart beats.
      dead.close();

      await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() > 1);
      never.countDown();
    }
  }

  @Test
  @Tag("A4")
  @DisplayName("A server that comes back under its name goes on with its job at once, unheard")
  @SuppressWarnings("try") // The database goes while its server still runs.
  void takesItsOwnJobBack() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Job dying = new Job("send-mail", Duration.ofMillis(100), () -> park(never));
    Job living = new Job("send-mail", Duration.ofMillis(100), runs::incrementAndGet);
    try (Database dead = Database.openMigrated(settings());
        Timetable first = new Timetable(dead.dataSource(), NODE, dying, List.of())) {
      first.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> picked().equals("one"));
      dead.close();

      assertThat(new JdbiJobs(database).release(new NodeName("two"))).isZero();
      assertThat(new JdbiJobs(database).release(NODE)).isEqualTo(1);
      try (Timetable again = new Timetable(database.dataSource(), NODE, living, List.of())) {
        again.start();
        await().atMost(Duration.ofSeconds(8)).until(() -> runs.get() > 0);
      }
      never.countDown();
    }
  }

  @Test
  @DisplayName("Of two servers that both run the timetable one at a time does a job")
  void oneAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch held = new CountDownLatch(1);
    Runnable work =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          if (runs.incrementAndGet() == 2) {
            park(held); // while the other server looks again and again
          }
          inside.decrementAndGet();
        };
    Job job = new Job("send-mail", Duration.ofMillis(50), work);
    AtomicInteger looks = new AtomicInteger();
    Job other = new Job("other", Duration.ofMillis(50), looks::incrementAndGet);
    try (Database more = Database.openMigrated(settings());
        Timetable first = new Timetable(database.dataSource(), NODE, job, List.of(other));
        Timetable second =
            new Timetable(more.dataSource(), new NodeName("two"), job, List.of(other))) {
      first.start();
      second.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() == 2);
      int then = looks.get();
      await().atMost(Duration.ofSeconds(30)).until(() -> looks.get() >= then + 2);
      held.countDown();
      await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() >= 4);
    }
    assertThat(most.get()).isEqualTo(1);
  }

  private static void park(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String picked() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT picked_by FROM scheduled_tasks")) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private DatabaseSettings settings() {
    return DatabaseSettings.h2(folder.resolve("inkan"), 4);
  }

  @Test
  @Tag("S5")
  @DisplayName("Ended sessions go, and sealed passwords of applications that nobody finishes")
  void erases() {
    Erasure erasure = new Erasure(transactions, Duration.ofMinutes(45), clock);
    transactions.inTransaction(TimetableTest::begin);

    clock.advance(Duration.ofMinutes(14));
    erasure.run();
    assertThat(hasSession()).isTrue();
    assertThat(hasSealedPassword()).isTrue();

    clock.advance(Duration.ofMinutes(2));
    erasure.run();
    assertThat(hasSession()).as("15 minutes idle").isFalse();
    assertThat(hasSealedPassword()).isTrue();

    clock.advance(Duration.ofMinutes(30));
    erasure.run();
    assertThat(hasSealedPassword()).as("45 minutes after ④").isFalse();
  }

  private boolean hasSession() {
    return transactions.inTransaction(
        stores -> stores.sessions().find(TOKEN, NOW.minusSeconds(1)).isPresent());
  }

  private boolean hasSealedPassword() {
    return transactions.inTransaction(
        stores ->
            stores.applications().find(APPLICATION).orElseThrow().sealedPassword().isPresent());
  }

  private static boolean begin(RegistrationStores stores) {
    stores
        .users()
        .add(
            new User(
                USER,
                new UserId("hanako01"),
                UserRole.GENERAL,
                new Organisation("001", "組合"),
                "見本 花子",
                new MailAddress("hanako@union.example"),
                Language.JAPANESE,
                UserPassword.own(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
                Attempts.NONE));
    stores
        .applications()
        .add(
            new Application(
                APPLICATION,
                USER,
                ApplicationState.CODE_SENT,
                NOW,
                new CodeState(1, 0, NOW, NOW.plus(Duration.ofMinutes(30))),
                Optional.of(SealedSecret.copyOf(new byte[] {1, 2, 3})),
                Optional.empty(),
                Optional.empty()));
    stores
        .sessions()
        .add(
            new Session(
                TOKEN,
                USER,
                Optional.of(APPLICATION),
                Optional.empty(),
                NOW,
                NOW.plus(Duration.ofMinutes(15))));
    return true;
  }

  /** Holds no mail and counts who asks. */
  private static final class CountingQueue implements MailQueue {

    private final AtomicInteger claims = new AtomicInteger();

    @Override
    public List<QueuedMail> claim(NodeName node, Instant now, Duration lease, int limit) {
      claims.incrementAndGet();
      return List.of();
    }

    @Override
    public int release(NodeName node) {
      return 0;
    }

    @Override
    public void sent(MailNumber number, Instant at) {
      throw new AssertionError("nothing to send");
    }

    @Override
    public void retry(MailNumber number, Instant next, String reason) {
      throw new AssertionError("nothing to send");
    }

    @Override
    public void refused(MailNumber number, Instant at, String reason) {
      throw new AssertionError("nothing to send");
    }
  }
}
