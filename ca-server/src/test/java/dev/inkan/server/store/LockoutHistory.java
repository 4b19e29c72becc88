package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.Lockouts;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One random history of a user's log-ins, on the program and on the model, compared after every
 * step. Attempts overlap and are nested, end in the middle, and see clocks, passwords and locks
 * change before they are settled. For one thread.
 */
final class LockoutHistory {

  static final String SOURCE = "192.0.2.1";

  private static final PasswordHasher HASHER =
      new PasswordHasher(new PasswordHasher.Cost(8, 1, 1), new SecureRandom());
  private static final HashingGate GATE = new HashingGate(100, 0);
  private static final SourceBudget BUDGET = new SourceBudget(100_000_000, Duration.ofHours(1));
  private static final List<LoginPassword> PASSWORDS =
      IntStream.range(0, 4)
          .mapToObj(i -> LoginPassword.parse(("Inkan#202" + i).toCharArray()).orElseThrow())
          .toList();
  private static final List<PasswordHash> HASHES = PASSWORDS.stream().map(HASHER::hash).toList();
  private static final int WRONG = 3;
  private static final int DEEPEST = 8;
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofMillis(1),
          Duration.ofMillis(-1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(60).minusMillis(1),
          Duration.ofMinutes(60),
          Duration.ofMinutes(60),
          Duration.ofMinutes(-60),
          Duration.ofDays(1));

  private final Random random;
  private final MutableClock clock;
  private final User user;
  private final CodePolicy codes;
  private final LockoutPolicy policy;
  private final LockoutModel model;
  private final List<String> mails = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  LockoutHistory(long seed, MutableClock clock) {
    this.random = new Random(seed);
    this.clock = clock;
    boolean bank = random.nextBoolean();
    int failures = bank ? 6 : 1 + random.nextInt(4);
    int locks = bank ? 3 : 1 + random.nextInt(3);
    int voids = bank ? 3 : 1 + random.nextInt(3);
    this.policy = new LockoutPolicy(failures, Duration.ofMinutes(60), locks);
    this.codes = new CodePolicy(6, Duration.ofMinutes(30), 5, Duration.ofSeconds(60), 5, voids);
    this.model =
        new LockoutModel(
            new LockoutModel.Rules(failures, voids, locks, policy.lockout().toMillis()));
    String name = String.format(Locale.ROOT, "user%08d", seed % 100_000_000L);
    User like =
        Bed.user(
            new SubscriberId("s" + Long.toHexString(seed)), "taro01", UserRole.GENERAL, Bed.BANK);
    this.user =
        new User(
            like.id(),
            new UserId(name),
            like.role(),
            like.organisation(),
            like.name(),
            like.mail(),
            like.language(),
            UserPassword.own(HASHES.get(0)),
            Attempts.NONE);
  }

  User user() {
    return user;
  }

  CodePolicy codes() {
    return codes;
  }

  /** Called with every mail that the program writes. */
  void mailed(Notice notice) {
    if (notice instanceof Notice.Locked it && it.source().equals(SOURCE)) {
      mails.add(
          "locked %s %d until %d".formatted(it.cause(), it.tries(), it.until().toEpochMilli()));
    } else if (notice instanceof Notice.Blocked it && it.source().equals(SOURCE)) {
      mails.add("blocked " + it.cause());
    } else {
      mails.add("unexpected: " + notice);
    }
  }

  /** The process ended between taking an attempt and settling it. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Crash() {
      super("crash", null, false, false);
    }
  }

  /** The program's side of one history. */
  private record Program(
      Transactions<RegistrationStores> transactions,
      Interleaved interleaved,
      Authenticator authenticator,
      Lockouts lockouts) {}

  /** Runs it; fails where program and model differ. */
  void run(Transactions<RegistrationStores> transactions) {
    Interleaved interleaved = new Interleaved(transactions);
    Program program =
        new Program(
            transactions,
            interleaved,
            new Authenticator(interleaved, HASHER, GATE, BUDGET, policy, clock),
            new Lockouts(policy, clock));
    int steps = 5 + random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      step(program, 0);
    }
  }

  private void step(Program program, int depth) {
    int drawn = random.nextInt(100);
    if (drawn < 62) {
      attempt(program, depth);
    } else if (drawn < 76) {
      told.add("void code");
      model.voidCode(clock.millis());
      boolean unused =
          program
              .transactions()
              .inTransaction(
                  stores -> program.lockouts().voidCode(stores, user, codes, SOURCE).isPresent());
    } else if (drawn < 79) {
      told.add("right code");
      model.rightCode();
      change(program, stores -> program.lockouts().rightCode(stores, user));
    } else if (drawn < 81) {
      told.add("unlock");
      model.unlock();
      change(program, stores -> stores.users().unlock(user.id()));
    } else if (drawn < 84) {
      int number = random.nextInt(WRONG);
      told.add("password " + number);
      model.newPassword(number);
      UserPassword password = UserPassword.own(HASHES.get(number));
      change(program, stores -> stores.users().setPassword(user.id(), password));
    } else {
      Duration jump = JUMPS.get(random.nextInt(JUMPS.size()));
      told.add("clock " + jump);
      clock.advance(jump);
    }
    compare(program);
  }

  private static void change(Program program, Consumer<RegistrationStores> change) {
    boolean unused =
        program
            .transactions()
            .inTransaction(
                stores -> {
                  change.accept(stores);
                  return true;
                });
  }

  private void attempt(Program program, int depth) {
    boolean stranger = random.nextInt(25) == 0;
    boolean crashes = random.nextInt(20) == 0;
    boolean hasOld = random.nextInt(5) == 0;
    int typed = random.nextInt(4) == 0 ? model.password() : hasOld ? random.nextInt(WRONG) : WRONG;
    int inBetween = depth < DEEPEST && random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
    told.add("attempt with " + typed + (stranger ? " on nobody" : "") + " begins");
    LockoutModel.Taken taken = stranger ? null : model.take(clock.millis());
    program
        .interleaved()
        .beforeSettling(
            () -> {
              for (int i = 0; i < inBetween; i++) {
                step(program, depth + 1);
              }
              if (crashes) {
                throw new Crash();
              }
            });
    UserId userId = stranger ? new UserId("nobody01") : user.userId();
    try {
      Authentication result =
          program.authenticator().authenticate(userId, PASSWORDS.get(typed), SOURCE);
      boolean expected = taken != null && model.settle(taken, typed);
      told.add("attempt with " + typed + (expected ? " gets in" : " is refused"));
      assertThat(result instanceof Authentication.Authenticated).as("%s", told).isEqualTo(expected);
    } catch (Crash crash) {
      told.add("attempt with " + typed + " is never settled");
    }
  }

  private void compare(Program program) {
    Attempts lock =
        program
            .transactions()
            .inTransaction(stores -> stores.users().find(user.id()))
            .map(User::lock)
            .orElseThrow();
    String state =
        "%d wrong, %d void, %d locks of which %d by codes, until %d%s, mails %s"
            .formatted(
                lock.failures(),
                lock.codes().voided(),
                lock.locks(),
                lock.codes().locks(),
                lock.lockedUntil().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
                lock.blocked() ? ", blocked" : "",
                mails);
    if (!state.equals(model.state())) {
      assertThat(state).as("%s after %s", policy, told).isEqualTo(model.state());
    }
  }
}
