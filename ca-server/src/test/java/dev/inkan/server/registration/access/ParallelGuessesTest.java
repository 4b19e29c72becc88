package dev.inkan.server.registration.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authenticator over a real database: many guesses at once, and who pays for them. */
final class ParallelGuessesTest {

  private static final UserId TARO = new UserId("taro0001");
  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T01:02:03Z"));
  private final Map<String, Integer> mails = new ConcurrentHashMap<>();
  private final PasswordHasher hasher =
      new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), new SecureRandom());
  private Database database;
  private JdbiTransactions transactions;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.openAndMigrate(DatabaseSettings.h2(folder.resolve("inkan"), 10));
    transactions =
        new JdbiTransactions(
            database,
            (number, language, notice) -> {
              mails.merge(notice.kind(), 1, Integer::sum);
              return SealedSecret.copyOf(new byte[] {1});
            },
            clock);
    User taro =
        new User(
            new SubscriberId("taro"),
            TARO,
            UserRole.GENERAL,
            new Organisation("0001", "印鑑商事"),
            "印鑑 太郎",
            new MailAddress("taro@example.jp"),
            Language.JAPANESE,
            UserPassword.own(hasher.hash(password("Inkan#2026"))),
            Attempts.NONE);
    boolean unused =
        transactions.inTransaction(
            stores -> {
              stores.users().add(taro);
              return true;
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  private Authenticator authenticator(HashingGate gate, SourceBudget budget) {
    return new Authenticator(transactions, hasher, gate, budget, LIMITS, clock);
  }

  private Authenticator authenticator() {
    return authenticator(new HashingGate(4, 500), new SourceBudget(10_000, Duration.ofHours(1)));
  }

  private Attempts lock() {
    return transactions
        .inTransaction(stores -> stores.users().find(TARO))
        .map(User::lock)
        .orElseThrow();
  }

  private long checked() {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'AUTHENTICATION_FAILED'"
                    + " AND detail = 'wrong password'")) {
      rows.next();
      return rows.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: of 200 wrong passwords at once exactly 6 are checked, and one mail tells of it")
  void parallel() throws Exception {
    Authenticator authenticator = authenticator();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Authentication>> guesses = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        guesses.add(
            threads.submit(
                () -> {
                  start.await();
                  return authenticator.authenticate(TARO, password("Wrong#2026"), "192.0.2.1");
                }));
      }
      start.countDown();
      for (Future<Authentication> guess : guesses) {
        assertThat(guess.get()).isInstanceOf(Authentication.Refused.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(checked()).isEqualTo(6);
    assertThat(lock().locks()).isEqualTo(1);
    assertThat(lock().refusesAt(clock.instant())).isTrue();
    assertThat(mails).containsExactly(Map.entry("locked", 1));
    assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.2"))
        .isInstanceOf(Authentication.Refused.class);
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @Tag("B9")
  @DisplayName("B7, B8: five leave it open, the sixth locks, the third lock blocks for good")
  void ladder() {
    Authenticator authenticator = authenticator();
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < 6; i++) {
        assertThat(lock().refusesAt(clock.instant())).isFalse();
        authenticator.authenticate(TARO, password("Wrong#2026"), "192.0.2.1");
      }
      assertThat(lock().locks()).isEqualTo(round);
      clock.advance(Duration.ofMinutes(60).minusMillis(1));
      assertThat(lock().refusesAt(clock.instant())).isTrue();
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(lock().blocked()).isTrue();
    clock.advance(Duration.ofDays(1_000));
    assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1"))
        .isInstanceOf(Authentication.Refused.class);
    assertThat(mails).containsOnly(Map.entry("locked", 2), Map.entry("blocked", 1));
    assertThat(checked()).isEqualTo(18);
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: a clock that steps back an hour leaves the end of a lock where it was told")
  void clockStepsBack() {
    Authenticator authenticator = authenticator();
    Instant end = clock.instant().plus(Duration.ofMinutes(60));
    for (int i = 0; i < 6; i++) {
      authenticator.authenticate(TARO, password("Wrong#2026"), "192.0.2.1");
    }
    clock.advance(Duration.ofMinutes(30));
    clock.advance(Duration.ofHours(-1));
    for (int i = 0; i < 20; i++) {
      assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1"))
          .isInstanceOf(Authentication.Refused.class);
    }
    assertThat(lock().lockedUntil()).contains(end);

    clock.advance(Duration.between(clock.instant(), end).minusMillis(1));
    assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1"))
        .isInstanceOf(Authentication.Refused.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1"))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: a right password clears failures and earlier locks")
  void success() {
    Authenticator authenticator = authenticator();
    for (int i = 0; i < 6; i++) {
      authenticator.authenticate(TARO, password("Wrong#2026"), "192.0.2.1");
    }
    clock.advance(Duration.ofMinutes(61));
    for (int i = 0; i < 5; i++) {
      authenticator.authenticate(TARO, password("Wrong#2026"), "192.0.2.1");
    }

    assertThat(authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1"))
        .isInstanceOf(Authentication.Authenticated.class);
    assertThat(lock()).isEqualTo(Attempts.NONE);
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: an unknown user is refused the same and counts for nobody")
  void unknown() {
    assertThat(authenticator().authenticate(new UserId("nobody01"), password("Inkan#2026"), "a"))
        .isEqualTo(new Authentication.Refused());
    assertThat(checked()).isZero();
  }

  @Test
  @DisplayName("Who is over budget, or comes when too much is going on, costs the user nothing")
  void noCount() {
    Authenticator poor =
        authenticator(new HashingGate(1, 0), new SourceBudget(1, Duration.ofHours(1)));
    HashingGate shut = new HashingGate(1, 0);
    Authenticator busy = authenticator(shut, new SourceBudget(10, Duration.ofHours(1)));

    poor.authenticate(TARO, password("Inkan#2026"), "192.0.2.1");
    assertThat(poor.authenticate(TARO, password("Wrong#2026"), "192.0.2.1"))
        .isInstanceOf(Authentication.SourceOverBudget.class);
    Optional<Authentication> inTheMeantime =
        shut.pass(() -> busy.authenticate(TARO, password("Wrong#2026"), "192.0.2.1"));
    assertThat(inTheMeantime).containsInstanceOf(Authentication.Busy.class);
    assertThat(lock()).isEqualTo(Attempts.NONE);
  }

  @Test
  @DisplayName("A hash at an outdated cost is made anew at the next right password")
  void rehash() {
    PasswordHasher dearer =
        new PasswordHasher(new PasswordHasher.Cost(128, 1, 1), new SecureRandom());
    Authenticator authenticator =
        new Authenticator(
            transactions,
            dearer,
            new HashingGate(1, 1),
            new SourceBudget(10, Duration.ofHours(1)),
            LIMITS,
            clock);

    authenticator.authenticate(TARO, password("Inkan#2026"), "192.0.2.1");

    PasswordHash stored =
        transactions
            .inTransaction(stores -> stores.users().find(TARO))
            .orElseThrow()
            .password()
            .hash();
    assertThat(dearer.isOutdated(stored)).isFalse();
    assertThat(dearer.verify(password("Inkan#2026"), stored)).isTrue();
  }
}
