package dev.inkan.server;

import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.server.SimulatedUser.Habit;
import dev.inkan.server.SimulatedUser.Held;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.LoginOutcome;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplyOutcome;
import dev.inkan.server.registration.application.CodeOutcome;
import dev.inkan.server.registration.certificate.BeginOutcome;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.simulation.SimulatedClock;
import dev.inkan.server.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Users who act at random from a seed through the real desks: they apply, renew early, late or
 * never, forget passwords, are locked, unlocked, blocked, revoked and removed. Each knows by hand
 * what the answer must be and notes every other one.
 */
final class SimulatedPeople {

  private static final Duration A_MILLISECOND = Duration.ofMillis(1);

  private final Random random;
  private final ZoneId zone;
  private final SimulatedClock clock;
  private final List<SimulatedNode> nodes;
  private final FaultyTransport transport;
  private final List<SimulatedUser> users;
  private final PriorityQueue<Act> acts =
      new PriorityQueue<>(Comparator.comparing(Act::at).thenComparing(Act::order));
  private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
  private final Tally tally = new Tally();
  private long order;

  private record Act(Instant at, long order, SimulatedUser user, Consumer<SimulatedUser> what) {}

  /** An application in one browser, and the number of the mail that holds its code. */
  private record Applied(SessionToken token, long mail) {}

  /** What was done. */
  static final class Tally {
    int issued;
    int tooEarly;
    int locks;
    int blocks;
    int probes;
    int revoked;
    int removed;
    int logIns;
    int races;

    @Override
    public String toString() {
      return "issued %d, refused as too early %d, locks %d, blocks %d, probes %d, revoked %d, removed %d, log-ins %d, races %d"
          .formatted(issued, tooEarly, locks, blocks, probes, revoked, removed, logIns, races);
    }
  }

  SimulatedPeople(
      Random random,
      ZoneId zone,
      SimulatedClock clock,
      List<SimulatedNode> nodes,
      FaultyTransport transport,
      int count) {
    this.random = random;
    this.zone = zone;
    this.clock = clock;
    this.nodes = nodes;
    this.transport = transport;
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    this.users = IntStream.range(0, count).mapToObj(number -> user(number, today)).toList();
  }

  private SimulatedUser user(int number, LocalDate today) {
    Habit[] habits = {Habit.EARLY, Habit.EARLY, Habit.LATE, Habit.AFTER_THE_END, Habit.NEVER};
    return new SimulatedUser(
        String.format("user%04d", number),
        String.format("Inkan#%04d", number),
        habits[random.nextInt(habits.length)],
        today.plusDays(random.nextInt(60)));
  }

  List<SimulatedUser> users() {
    return users;
  }

  Tally tally() {
    return tally;
  }

  /** The answers that were not as the manual says, since the last call. */
  List<String> drainViolations() {
    List<String> drained = List.copyOf(violations);
    violations.clear();
    return drained;
  }

  /** Decides who does what today. */
  void plan(LocalDate day) {
    for (SimulatedUser user : users) {
      if (user.removed) {
        continue;
      }
      if (user.nextApply.filter(it -> !day.isBefore(it)).isPresent() && !user.applying) {
        boolean sharp = user.nextApply.filter(day::equals).isPresent() && random.nextInt(3) == 0;
        Instant at = sharp ? day.atStartOfDay(zone).toInstant() : someTime(day);
        at(at, user, this::apply);
      }
      boolean opensTomorrow =
          user.usable(clock.instant(), zone)
              .filter(it -> it.lastDay().minusDays(30).equals(day.plusDays(1)))
              .isPresent();
      if (opensTomorrow && !user.applying) {
        Instant opens = day.plusDays(1).atStartOfDay(zone).toInstant();
        at(opens.minus(A_MILLISECOND), user, this::apply);
      }
      perhaps(400, () -> at(someTime(day), user, it -> guess(it, 1 + random.nextInt(14))));
      perhaps(150, () -> at(someTime(day), user, this::logIn));
      perhaps(300, () -> at(someTime(day), user, this::apply));
      perhaps(1500, () -> at(someTime(day), user, this::revoke));
      perhaps(12_000, () -> at(someTime(day), user, this::remove));
    }
  }

  private void perhaps(int oneIn, Runnable what) {
    if (random.nextInt(oneIn) == 0) {
      what.run();
    }
  }

  private Instant someTime(LocalDate day) {
    return day.atTime(7, 0).atZone(zone).toInstant().plusMillis(random.nextInt(15 * 3_600_000));
  }

  private void at(Instant at, SimulatedUser user, Consumer<SimulatedUser> what) {
    acts.add(new Act(at, order++, user, what));
  }

  private void in(Duration wait, SimulatedUser user, Consumer<SimulatedUser> what) {
    at(now().plus(wait), user, what);
  }

  /** Everything planned until {@code end} happens, while time passes. */
  void liveUntil(Instant end, Simulation simulation) {
    Act next = acts.peek();
    while (next != null && !next.at().isAfter(end)) {
      acts.remove(next);
      simulation.passTo(next.at());
      next.what().accept(next.user());
      next = acts.peek();
    }
  }

  private Instant now() {
    return clock.instant();
  }

  private SimulatedNode anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void expect(boolean asItShould, SimulatedUser user, String what) {
    if (!asItShould) {
      violations.add(user.userId + " at " + now() + ": " + what);
    }
  }

  // ④

  private void apply(SimulatedUser user) {
    if (user.applying) {
      return;
    }
    List<Applied> browsers = new ArrayList<>();
    int count = random.nextInt(5) == 0 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      applyOnce(user).ifPresent(browsers::add);
    }
    if (!browsers.isEmpty()) {
      user.applying = true;
      in(Duration.ofMinutes(3), user, it -> enterCodes(it, browsers, 1));
    } else if (user.isShutOutAt(now())) {
      user.nextApply = Optional.of(today().plusDays(1));
    }
  }

  private Optional<Applied> applyOnce(SimulatedUser user) {
    ApplyOutcome outcome =
        anyNode().desks().applications().apply(user.id(), user.rightPassword(), user.userId);
    if (user.isShutOutAt(now())) {
      expect(isRefused(outcome), user, "shut out until " + user.lockedUntil + ", got " + outcome);
      return Optional.empty();
    }
    user.right();
    if (!user.mayHaveAnother(now(), zone)) {
      tally.tooEarly++;
      expect(outcome instanceof ApplyOutcome.NotAllowed, user, "too early, got " + outcome);
      return Optional.empty();
    }
    if (outcome instanceof ApplyOutcome.CodeSent sent) {
      return Optional.of(new Applied(sent.token(), newestMail()));
    }
    expect(outcome instanceof ApplyOutcome.TooManyCodes, user, "a code is due, got " + outcome);
    return Optional.empty();
  }

  private static boolean isRefused(ApplyOutcome outcome) {
    return outcome instanceof ApplyOutcome.NotAuthenticated it
        && it.result() instanceof Authentication.Refused;
  }

  private long newestMail() {
    return Rows.of(
            nodes.get(0).storage(), "SELECT MAX(number) FROM mail_outbox", row -> row.getLong(1))
        .get(0);
  }

  // ⑤

  private void enterCodes(SimulatedUser user, List<Applied> browsers, int attempt) {
    anyNode().sendMail();
    if (browsers.stream().anyMatch(it -> transport.code(it.mail()).isEmpty()) && attempt < 6) {
      in(Duration.ofMinutes(4), user, it -> enterCodes(it, browsers, attempt + 1));
      return;
    }
    List<SessionToken> confirmed = new ArrayList<>();
    for (Applied browser : browsers) {
      transport
          .code(browser.mail())
          .flatMap(code -> enterCode(user, browser.token(), code))
          .ifPresent(confirmed::add);
    }
    if (confirmed.isEmpty()) {
      giveUp(user);
    } else {
      in(Duration.ofSeconds(30), user, it -> issue(it, confirmed));
    }
  }

  private Optional<SessionToken> enterCode(SimulatedUser user, SessionToken token, String code) {
    if (random.nextInt(6) == 0) {
      String wrong = code.substring(1) + (code.charAt(0) == '1' ? '2' : '1');
      if (!wrong.equals(code)) {
        CodeOutcome outcome = enter(token, wrong);
        expect(
            outcome instanceof CodeOutcome.Wrong || user.removed,
            user,
            "wrong code, got " + outcome);
      }
    }
    CodeOutcome outcome = enter(token, code);
    if (outcome instanceof CodeOutcome.Accepted accepted) {
      return Optional.of(accepted.token());
    }
    expect(user.removed, user, "right code, got " + outcome);
    return Optional.empty();
  }

  private CodeOutcome enter(SessionToken token, String code) {
    return anyNode()
        .desks()
        .applications()
        .enterCode(token, VerificationCode.parse(code).orElseThrow(), "127.0.0.1");
  }

  private void giveUp(SimulatedUser user) {
    user.applying = false;
    user.nextApply = Optional.of(today().plusDays(1));
  }

  // ⑥ ⑦ ⑧

  private void issue(SimulatedUser user, List<SessionToken> browsers) {
    boolean due = user.mayHaveAnother(now(), zone) && !user.removed;
    if (browsers.size() > 1) {
      tally.races++;
    }
    List<BeginOutcome> begun =
        Side.bySide(
            browsers.stream()
                .map(
                    token -> {
                      SimulatedNode node = anyNode();
                      return (java.util.concurrent.Callable<BeginOutcome>)
                          () -> node.desks().issue().begin(token);
                    })
                .toList());
    user.applying = false;
    List<Held> made = browsers.stream().flatMap(it -> made(it).stream()).toList();
    expect(
        user.removed || begun.stream().allMatch(BeginOutcome.BEGUN::equals),
        user,
        "[発行], got " + begun);
    expect(made.size() == (due ? 1 : 0), user, "due: " + due + ", got " + made);
    if (made.isEmpty()) {
      user.nextApply = Optional.of(today().plusDays(1));
    } else {
      tally.issued += made.size();
      user.held.addAll(made);
      user.nextApply = next(user.habit, made.get(0));
    }
  }

  private Optional<Held> made(SessionToken token) {
    return anyNode()
        .desks()
        .applications()
        .find(token)
        .filter(it -> it.application().state() == ApplicationState.ISSUED)
        .flatMap(it -> it.application().file())
        .map(file -> Held.issued(file.serialNumber(), now(), zone));
  }

  private Optional<LocalDate> next(Habit habit, Held held) {
    LocalDate opens = held.lastDay().minusDays(30);
    return switch (habit) {
      case EARLY -> Optional.of(opens.plusDays(random.nextInt(3)));
      case LATE -> Optional.of(opens.plusDays(27 + random.nextInt(4)));
      case AFTER_THE_END -> Optional.of(held.lastDay().plusDays(1 + random.nextInt(40)));
      case NEVER -> Optional.empty();
    };
  }

  private LocalDate today() {
    return LocalDate.ofInstant(now(), zone);
  }

  // Wrong passwords

  private void guess(SimulatedUser user, int left) {
    ApplyOutcome outcome =
        anyNode().desks().applications().apply(user.id(), user.wrongPassword(), user.userId);
    expect(isRefused(outcome), user, "wrong password, got " + outcome);
    if (!user.isShutOutAt(now()) && user.wrong(now())) {
      locked(user);
    }
    if (left > 1 && !user.removed) {
      in(Duration.ofMillis(1 + random.nextInt(20_000)), user, it -> guess(it, left - 1));
    }
  }

  private void locked(SimulatedUser user) {
    Instant end = user.lockedUntil.orElseThrow();
    at(end.minus(A_MILLISECOND), user, this::probe);
    if (user.blocked) {
      tally.blocks++;
      at(end, user, this::probe);
      in(Duration.ofHours(2 + random.nextInt(60)), user, this::unlock);
      return;
    }
    tally.locks++;
    int then = random.nextInt(5);
    if (then < 2) {
      at(end, user, this::probe);
    } else if (then < 4) {
      at(end, user, it -> guess(it, 6));
    } else {
      in(Duration.ofMinutes(5 + random.nextInt(50)), user, this::unlock);
    }
  }

  /** The right password at the very edge of a lock. */
  private void probe(SimulatedUser user) {
    tally.probes++;
    boolean shutOut = user.isShutOutAt(now());
    LoginOrApply outcome = tryPassword(user);
    expect(
        outcome.refused() == shutOut,
        user,
        "shut out: " + shutOut + " until " + user.lockedUntil + ", got " + outcome.told());
    if (!outcome.refused()) {
      user.right();
    }
  }

  private record LoginOrApply(boolean refused, String told) {}

  /** Log-in and issue count together: either will do. */
  private LoginOrApply tryPassword(SimulatedUser user) {
    Optional<LogIn.Presented> certificate = user.usable(now(), zone).flatMap(it -> presented(it));
    if (certificate.isEmpty()) {
      ApplyOutcome outcome =
          anyNode().desks().applications().apply(user.id(), user.rightPassword(), user.userId);
      return new LoginOrApply(isRefused(outcome), outcome.toString());
    }
    LoginOutcome outcome =
        anyNode()
            .desks()
            .logIn()
            .logIn(user.id(), user.rightPassword(), certificate.get(), user.userId);
    return new LoginOrApply(outcome instanceof LoginOutcome.NotAuthenticated, outcome.toString());
  }

  private Optional<LogIn.Presented> presented(Held held) {
    return anyNode()
        .transactions()
        .inTransaction(
            stores ->
                stores
                    .certificates()
                    .find(held.serial())
                    .map(
                        entry ->
                            new LogIn.Presented(
                                entry,
                                Fingerprint.of(
                                    stores.certificates().encoded(held.serial()).orElseThrow()))));
  }

  private void logIn(SimulatedUser user) {
    tally.logIns++;
    probe(user);
  }

  private void unlock(SimulatedUser user) {
    if (!user.removed) {
      boolean unused =
          anyNode()
              .transactions()
              .inTransaction(
                  stores ->
                      stores.users().unlock(stores.users().find(user.id()).orElseThrow().id()));
      user.right();
    }
  }

  // The bank and the master

  private void revoke(SimulatedUser user) {
    Optional<Held> newest = user.usable(now(), zone);
    if (newest.isPresent() && !user.applying) {
      RevocationOutcome outcome = anyNode().revoke(newest.get().serial());
      expect(outcome == RevocationOutcome.REVOKED, user, "revocation, got " + outcome);
      tally.revoked++;
      user.held.remove(newest.get());
      user.nextApply = Optional.of(today().plusDays(random.nextInt(20)));
    }
  }

  private void remove(SimulatedUser user) {
    if (!user.applying) {
      Rows.update(
          nodes.get(0).storage(),
          "UPDATE app_user SET removed_at = ? WHERE user_id = ?",
          now(),
          user.userId);
      user.removed = true;
      tally.removed++;
    }
  }
}
