package dev.inkan.e2e;

import dev.inkan.e2e.KillEvidence.Received;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/**
 * Kills the server at random moments while visitors are issued certificates, and holds what they
 * received against what the dead server left on disk (S8). {@code -Dinkan.kill.rounds} says how
 * often, {@code -Dinkan.kill.seed} repeats a run.
 *
 * <p>The first round is not killed: it shows how long the flow takes, and the later kills fall
 * somewhere within that time. After every third the server is killed once more while it starts. In
 * the last life, which is not killed either, those who were cut off ask again.
 */
final class KillHarness {

  private static final int DEFAULT_ROUNDS = 20;
  private static final int KILLED_AT_START = 3;
  private static final int ROUNDS_A_LINE = 20;
  private static final int START_MILLIS = 4_000;
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(2);

  /** The installation under test. */
  interface Installation {

    /** Starts the server over what is on disk and returns when it is ready. */
    ServerProcess start();

    /** Starts it and returns at once. */
    Process startUnwaited();

    URI web();

    SSLContext tls();

    MailServer mails();

    /** Reads the dead server's database and journal. */
    LedgerCopy ledger();

    /** The visitors of one round: users without a certificate that no other round has. */
    List<Visitor> visitors(int round);
  }

  /** A user who will walk the flow. */
  record Visitor(String userId, String password, String mail) {}

  /**
   * What the rounds gave.
   *
   * @param received files handed out, the last life's included
   * @param cutOff visitors who got no file because of a kill
   * @param issuedAgain those of them who got one in the last life
   * @param refusedAgain those of them who had a certificate all the same (B17)
   */
  record Report(
      long seed,
      int rounds,
      int received,
      int cutOff,
      int issuedAgain,
      int refusedAgain,
      List<String> contradictions) {}

  private final Installation installation;
  private final long seed;
  private final int rounds;
  private final Random random;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> contradictions = new CopyOnWriteArrayList<>();
  private final List<Visitor> cutOff = new CopyOnWriteArrayList<>();

  KillHarness(Installation installation) {
    this(installation, Long.getLong("inkan.kill.seed", System.nanoTime()), rounds());
  }

  /** How many rounds are wanted. */
  static int rounds() {
    return Integer.getInteger("inkan.kill.rounds", DEFAULT_ROUNDS);
  }

  KillHarness(Installation installation, long seed, int rounds) {
    this.installation = installation;
    this.seed = seed;
    this.rounds = rounds;
    this.random = new Random(seed);
  }

  /** Runs every round. The seed is printed first, so that a hung run can be repeated too. */
  Report run() {
    System.out.println("kill harness: " + rounds + " rounds, -Dinkan.kill.seed=" + seed);
    long whole = round(0, ROUND_LIMIT).toMillis();
    for (int round = 1; round <= rounds; round++) {
      long kill = (long) (whole * momentOfKill(round));
      long took = round(round, Duration.ofMillis(kill)).toMillis();
      // The flow was over before the kill, since the machine is less busy now: aim anew.
      whole = took < kill ? Math.min(whole, took) : whole;
      if (round % KILLED_AT_START == 0) {
        killWhileStarting();
      }
      if (round % ROUNDS_A_LINE == 0) {
        System.out.printf(
            "kill harness: %d rounds, %d files, %d cut off, contradictions: %s%n",
            round, received.size(), cutOff.size(), contradictions);
      }
    }
    LastLife last = new LastLife(installation, received);
    contradictions.addAll(last.askAgain(cutOff));
    hold("last life");
    return new Report(
        seed,
        rounds,
        received.size(),
        cutOff.size(),
        last.issued(),
        last.refused(),
        List.copyOf(contradictions));
  }

  /**
   * Somewhere in the flow; in every second round in its later part, where certificates are made.
   */
  private double momentOfKill(int round) {
    double moment = random.nextDouble();
    return round % 2 == 0 ? 1.1 * moment : 0.5 + 0.6 * moment;
  }

  /** What the server does at its start must bear being cut off as well. */
  private void killWhileStarting() {
    Process starting = installation.startUnwaited();
    try {
      if (starting.waitFor((long) (random.nextDouble() * START_MILLIS), TimeUnit.MILLISECONDS)) {
        contradictions.add("the server ended by itself at its start: " + starting.exitValue());
      }
      starting.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      starting.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** One life of the server; returns how long the visitors took, or the kill let them. */
  private Duration round(int round, Duration untilKill) {
    List<Visitor> visitors = installation.visitors(round);
    var dead = new AtomicBoolean();
    var done = new CountDownLatch(visitors.size());
    ExecutorService crowd = Executors.newFixedThreadPool(visitors.size());
    try (ServerProcess server = installation.start()) {
      long start = System.nanoTime();
      visitors.forEach(visitor -> crowd.execute(() -> walk(round, visitor, dead, done)));
      boolean finished = done.await(untilKill.toMillis(), TimeUnit.MILLISECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (round == 0 && !finished) {
        throw new AssertionError("the flow did not end without a kill: " + contradictions);
      }
      // Set before the kill: what breaks from here on is what the round is for.
      dead.set(true);
      server.kill();
      if (!done.await(ROUND_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("visitors of round " + round + " did not notice the kill");
      }
      hold("round " + round);
      return took;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      crowd.shutdownNow();
    }
  }

  private void walk(int round, Visitor visitor, AtomicBoolean dead, CountDownLatch done) {
    try {
      FlowClient client = new FlowClient(installation.web(), installation.tls());
      client.authenticate(visitor.userId(), visitor.password());
      client.enterCode(installation.mails().await(visitor.mail(), 1, dead::get).code());
      client.issue();
      client.awaitResult();
      FlowClient.IssuedFile file = client.download();
      received.add(Received.open(visitor.userId(), visitor.password(), file));
    } catch (UncheckedIOException | IllegalStateException e) {
      cutOff.add(visitor);
      if (!dead.get()) {
        contradictions.add("round " + round + ": " + visitor.userId() + " was cut off: " + e);
      }
    } catch (RuntimeException | AssertionError e) {
      // A page that is not the flow's next is a fault at any time, a broken connection is not.
      contradictions.add("round " + round + ": " + visitor.userId() + ": " + e);
    } finally {
      done.countDown();
    }
  }

  private void hold(String when) {
    KillEvidence.contradictions(List.copyOf(received), installation.ledger(), Instant.now())
        .forEach(contradiction -> contradictions.add(when + ": " + contradiction));
  }
}
