package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many log-ins at once on two servers over one database. The seed of each round is in the message
 * of a failure; what the threads do with it is theirs.
 */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class LockoutRaceTest {

  private static final LockoutPolicy LIMITS = LockoutPolicy.BANK;
  private static final LoginPassword RIGHT = password("Right#2026");
  private static final LoginPassword WRONG = password("Wrong#2026");
  private static final int ROUNDS = 30;
  private static final int AT_ONCE = 40;

  private final PasswordHasher hasher =
      new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), new SecureRandom());
  private final Bed one;
  private final Bed other;
  private final List<Authenticator> servers;

  LockoutRaceTest(Engine engine, @TempDir Path folder) {
    this.one = new Bed(engine, folder);
    this.other = new Bed(one.settings);
    this.servers = List.of(authenticator(one.transactions), authenticator(other.transactions));
  }

  @AfterEach
  void close() {
    other.close();
    one.close();
  }

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  private Authenticator authenticator(Transactions<RegistrationStores> transactions) {
    return new Authenticator(
        transactions,
        hasher,
        new HashingGate(4, 500),
        new SourceBudget(1_000_000, Duration.ofHours(1)),
        LIMITS,
        one.clock);
  }

  private UserId newUser(int number, Attempts lock) {
    UserId userId = new UserId("racer" + (1_000 + number));
    User like = Bed.user(new SubscriberId(userId.value()), "taro01", UserRole.GENERAL, Bed.BANK);
    User user =
        new User(
            like.id(),
            userId,
            like.role(),
            like.organisation(),
            like.name(),
            like.mail(),
            like.language(),
            UserPassword.own(hasher.hash(RIGHT)),
            lock);
    one.run(stores -> stores.users().add(user));
    return userId;
  }

  private Callable<Authentication> attempt(int number, UserId user, LoginPassword password) {
    Authenticator server = servers.get(number % servers.size());
    return () -> server.authenticate(user, password, "192.0.2." + number);
  }

  private List<Authentication> race(UserId user, List<LoginPassword> passwords) throws Exception {
    List<Callable<Authentication>> attempts = new ArrayList<>();
    for (int i = 0; i < passwords.size(); i++) {
      attempts.add(attempt(i, user, passwords.get(i)));
    }
    return Race.of(attempts);
  }

  private static List<LoginPassword> wrong(int count) {
    return new ArrayList<>(Collections.nCopies(count, WRONG));
  }

  private Attempts lock(UserId user) {
    return one.find(stores -> stores.users().find(user)).map(User::lock).orElseThrow();
  }

  private long events(UserId user, String action, String detail) {
    return one.count(
        "SELECT COUNT(*) FROM audit_event WHERE actor_name = '%s' AND action = '%s' AND detail LIKE '%s'"
            .formatted(user.value(), action, detail));
  }

  private long mails(UserId user, String kind) {
    return one.count(
        "SELECT COUNT(*) FROM mail_outbox WHERE subscriber_id = '%s' AND kind = '%s'"
            .formatted(user.value(), kind));
  }

  @Test
  @Tag("B7")
  @Tag("B9")
  @DisplayName(
      "B7, B9: of 200 wrong passwords at once on two servers exactly 6 are checked, one mail")
  void sixAreChecked() throws Exception {
    UserId user = newUser(0, Attempts.NONE);

    assertThat(race(user, wrong(200))).containsOnly(new Authentication.Refused());

    assertThat(events(user, "AUTHENTICATION_FAILED", "wrong password")).isEqualTo(6);
    assertThat(events(user, "AUTHENTICATION_FAILED", "locked or blocked")).isEqualTo(194);
    assertThat(events(user, "USER_LOCKED", "lock 1")).isEqualTo(1);
    assertThat(mails(user, "locked")).isEqualTo(1);
    assertThat(race(user, List.of(RIGHT, RIGHT))).containsOnly(new Authentication.Refused());
  }

  @Test
  @Tag("B8")
  @Tag("B9")
  @DisplayName("B8, B9: 200 at once on a user locked twice before: blocked once, told once")
  void blockedOnce() throws Exception {
    UserId user = newUser(0, new Attempts(0, 2, Optional.of(Bed.NOW), false));

    assertThat(race(user, wrong(200))).containsOnly(new Authentication.Refused());

    assertThat(lock(user).blocked()).isTrue();
    assertThat(events(user, "USER_BLOCKED", "lock 3")).isEqualTo(1);
    assertThat(mails(user, "blocked")).isEqualTo(1);
    assertThat(mails(user, "locked")).isZero();
  }

  @Test
  @Tag("B7")
  @Tag("B9")
  @DisplayName("B7: a right password among wrong ones at once never slips past the lock")
  void rightOneAmongThem() throws Exception {
    long seed = new Random().nextInt();
    int rounds = 0;
    for (int round = 0; round < ROUNDS; round++) {
      UserId user = newUser(round, Attempts.NONE);
      List<LoginPassword> passwords = wrong(AT_ONCE);
      passwords.set(new Random(seed + round).nextInt(AT_ONCE / 2), RIGHT);
      boolean in =
          race(user, passwords).stream().anyMatch(Authentication.Authenticated.class::isInstance);
      check("round " + round + " of seed " + seed, user, in);
      rounds += in ? 1 : 0;
    }
    System.out.println("The right password came before the lock in " + rounds + " of " + ROUNDS);
  }

  /**
   * A right one that was taken before the lock clears what was counted, five wrong ones at most,
   * and counting begins anew; one that came after the sixth is refused as any other.
   */
  private void check(String round, UserId user, boolean in) {
    Attempts lock = lock(user);
    long wrong = events(user, "AUTHENTICATION_FAILED", "wrong password");
    long told = events(user, "USER_LOCKED", "%");
    long counted = lock.failures() + 6L * lock.locks();
    assertThat(mails(user, "locked")).as(round).isEqualTo(told);
    assertThat(lock.locks()).as(round).isLessThanOrEqualTo(1);
    if (in) {
      assertThat(wrong - counted).as(round).isBetween(0L, 5L);
      assertThat(told - lock.locks()).as(round).isBetween(0L, 1L);
    } else {
      assertThat(wrong).as(round).isEqualTo(6);
      assertThat(lock.refusesAt(Bed.NOW)).as(round).isTrue();
      assertThat(told).as(round).isEqualTo(1);
    }
  }

  @Test
  @Tag("B7")
  @Tag("C3")
  @DisplayName("A password that is replaced while it is checked lets nobody in")
  void replacedMeanwhile() {
    UserId user = newUser(0, Attempts.NONE);
    Interleaved transactions = new Interleaved(one.transactions);
    UserPassword initial = UserPassword.initial(hasher.hash(WRONG), Bed.NOW.plusSeconds(60));
    transactions.beforeSettling(
        () ->
            other.run(
                stores -> stores.users().setPassword(new SubscriberId(user.value()), initial)));

    assertThat(authenticator(transactions).authenticate(user, RIGHT, "192.0.2.1"))
        .isEqualTo(new Authentication.Refused());

    assertThat(events(user, "AUTHENTICATION_FAILED", "overtaken")).isEqualTo(1);
    assertThat(lock(user).failures()).as("it counts as wrong").isEqualTo(1);
  }
}
