package dev.inkan.e2e;

import dev.inkan.admin.client.ProblemException;
import dev.inkan.admin.client.UnreachableException;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.e2e.KillEvidence.Received;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Many visitors who are issued certificates and many clerks who revoke others, over all servers at
 * one time. Who meets a fault tries again, as people do; every second clerk gives up, so that
 * revocations of which nobody knows the outcome are left.
 */
final class FailOverLoad implements AutoCloseable {

  private static final int VISITORS_AT_ONCE = 12;
  private static final int CLERKS = 6;
  private static final int GIVEN_UP_AT_MOST = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration MAIL = Duration.ofSeconds(15);

  private final FailOverInstallation installation;
  private final List<User> users;
  private final ConcurrentLinkedQueue<SerialNumber> toRevoke;
  private final Clerk clerk;
  private final ExecutorService crowd = Executors.newFixedThreadPool(VISITORS_AT_ONCE + CLERKS);
  private final CountDownLatch done;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicBoolean inAHurry = new AtomicBoolean();
  private final List<Long> issuedAt = new CopyOnWriteArrayList<>();
  private final List<Long> revokedAt = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<SerialNumber> revoked = ConcurrentHashMap.newKeySet();
  private final Set<SerialNumber> givenUp = ConcurrentHashMap.newKeySet();
  private final Set<String> holdWithoutFile = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> faults = new ConcurrentHashMap<>();
  private final List<String> contradictions = new CopyOnWriteArrayList<>();

  FailOverLoad(
      FailOverInstallation installation,
      Clerk clerk,
      List<User> users,
      List<SerialNumber> toRevoke) {
    this.installation = installation;
    this.clerk = clerk;
    this.users = users;
    this.toRevoke = new ConcurrentLinkedQueue<>(toRevoke);
    this.done = new CountDownLatch(VISITORS_AT_ONCE + CLERKS);
  }

  void start() {
    for (int i = 0; i < VISITORS_AT_ONCE; i++) {
      crowd.execute(() -> work(this::visit));
    }
    for (int i = 0; i < CLERKS; i++) {
      int number = i;
      crowd.execute(() -> work(() -> revoke(number)));
    }
  }

  private void work(Runnable all) {
    try {
      all.run();
    } catch (RuntimeException | AssertionError e) {
      contradictions.add(e.toString());
    } finally {
      done.countDown();
    }
  }

  /** Returns when {@code count} certificates and as many revocations were acknowledged. */
  void awaitAcknowledged(int count) {
    Awaitility.await("a load under way")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> received.size() >= count && revoked.size() >= count);
  }

  /** From here on clerks revoke as fast as they can. */
  void hurry() {
    inAHurry.set(true);
  }

  /** Returns when everybody has ended. */
  void await() {
    try {
      if (!done.await(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the load did not end: " + this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void visit() {
    int mine = next.getAndIncrement();
    while (mine < users.size()) {
      User user = users.get(mine);
      int first = mine;
      AtomicInteger tries = new AtomicInteger();
      Awaitility.await("a certificate for " + user.userId())
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(PAUSE)
          .atMost(PATIENCE)
          .until(() -> walk(user, server(first + tries.getAndIncrement())));
      mine = next.getAndIncrement();
    }
  }

  private FailOverInstallation.Server server(int number) {
    List<FailOverInstallation.Server> servers = installation.servers();
    return servers.get(number % servers.size());
  }

  /** Whether the visitor need not come again. */
  private boolean walk(User user, FailOverInstallation.Server server) {
    try {
      FlowClient client = new FlowClient(server.web(), installation.tls());
      int codes = installation.installation().mails().codes(user.mail()).size();
      FlowClient.Answer answer =
          client.submitted("/issue", Map.of("userId", user.userId(), "password", user.password()));
      if (answer.body().contains("電子証明書は発行済みです")) {
        holdWithoutFile.add(user.userId());
        return true;
      }
      require("/issue/code", answer);
      enterCode(client, user, codes);
      client.issue();
      client.awaitResult();
      received.add(Received.open(user.userId(), user.password(), client.download()));
      issuedAt.add(System.nanoTime());
      return true;
    } catch (FlowClient.UnexpectedPageException e) {
      return fault("page " + e.status() + " " + heading(e));
    } catch (UncheckedIOException e) {
      return fault("no answer");
    } catch (IllegalStateException | ConditionTimeoutException e) {
      return fault(String.valueOf(e.getMessage()));
    }
  }

  private static void require(String path, FlowClient.Answer answer) {
    if (answer.status() != 200 || !answer.path().equals(path)) {
      throw new FlowClient.UnexpectedPageException(path, answer);
    }
  }

  /** Codes asked for before may still arrive, even late: the one that is taken is ours. */
  private void enterCode(FlowClient client, User user, int before) {
    MailServer mails = installation.installation().mails();
    Set<String> tried = new HashSet<>(mails.codes(user.mail()).subList(0, before));
    long until = System.nanoTime() + MAIL.toNanos();
    Optional<String> accepted = Optional.empty();
    while (accepted.isEmpty() && System.nanoTime() < until) {
      Awaitility.await()
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(20))
          .atMost(MAIL)
          .until(
              () ->
                  System.nanoTime() > until
                      || mails.codes(user.mail()).stream().anyMatch(it -> !tried.contains(it)));
      accepted =
          mails.codes(user.mail()).stream()
              .filter(tried::add)
              .filter(
                  it ->
                      client
                          .submitted("/issue/code", Map.of("code", it))
                          .path()
                          .equals("/issue/confirm"))
              .findFirst();
    }
    if (accepted.isEmpty()) {
      throw new IllegalStateException("no code by mail");
    }
  }

  private static String heading(FlowClient.UnexpectedPageException e) {
    String page = String.valueOf(e.getMessage());
    int begin = page.indexOf("<h1");
    int end = page.indexOf("</h1>");
    return begin < 0 || end < begin
        ? ""
        : page.substring(page.indexOf('>', begin) + 1, end).strip();
  }

  private void revoke(int number) {
    Clerk here = clerk.elsewhere();
    boolean givesUp = number % 2 == 0;
    AtomicInteger patience = new AtomicInteger(GIVEN_UP_AT_MOST);
    int turn = number;
    for (SerialNumber serial = toRevoke.poll(); serial != null; serial = toRevoke.poll()) {
      SerialNumber mine = serial;
      awaitTurn();
      AtomicInteger tries = new AtomicInteger(turn++);
      Awaitility.await("the revocation of " + mine)
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(PAUSE)
          .atMost(PATIENCE)
          .until(
              () ->
                  revoke(here, mine, server(tries.getAndIncrement()))
                      || (givesUp && patience.getAndDecrement() > 0));
      if (!revoked.contains(mine)) {
        givenUp.add(mine);
      }
    }
  }

  /** Else all were revoked before the first certificate is issued. */
  private void awaitTurn() {
    Awaitility.await("visitors who come as far as clerks")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .until(() -> inAHurry.get() || revoked.size() <= received.size() + CLERKS);
  }

  private boolean revoke(Clerk here, SerialNumber serial, FailOverInstallation.Server server) {
    try {
      here.revoke(server.node().admin(), serial);
      revoked.add(serial);
      revokedAt.add(System.nanoTime());
      return true;
    } catch (UnreachableException e) {
      return fault("admin API: no answer");
    } catch (ProblemException e) {
      if (e.type().equals(Optional.of(ProblemType.WRONG_STATE))) {
        // The try before this one, which seemed to fail, came to be.
        revoked.add(serial);
        return true;
      }
      return fault("admin API: " + e.problem().status() + " " + e.getMessage());
    }
  }

  private boolean fault(String what) {
    failed.incrementAndGet();
    faults.computeIfAbsent(what, it -> new AtomicInteger()).incrementAndGet();
    return false;
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** What some server acknowledged as revoked. */
  Set<SerialNumber> revoked() {
    return Set.copyOf(revoked);
  }

  /** What nobody tried again after a fault. */
  Set<SerialNumber> givenUp() {
    return Set.copyOf(givenUp);
  }

  /** Users who were told that they have a certificate, and have no file. */
  Set<String> holdWithoutFile() {
    return Set.copyOf(holdWithoutFile);
  }

  /**
   * How long nothing was acknowledged.
   *
   * @param killed when the primary was killed, by {@link System#nanoTime}
   * @param promoted when the standby had taken its place
   */
  String figures(long killed, long promoted) {
    List<Long> both = Stream.concat(issuedAt.stream(), revokedAt.stream()).sorted().toList();
    long last = both.stream().filter(it -> it <= killed).reduce((a, b) -> b).orElse(killed);
    long next = first(both, promoted);
    return "promoted %.1f s after the kill; nothing acknowledged for %.1f s; the first revocation or"
            .formatted(seconds(promoted - killed), seconds(next - last))
        + " certificate %.1f s, the first certificate %.1f s after the promotion"
            .formatted(seconds(next - promoted), seconds(first(issuedAt, promoted) - promoted));
  }

  private static long first(List<Long> times, long after) {
    return times.stream().filter(it -> it > after).min(Long::compare).orElse(after);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  Map<String, AtomicInteger> faults() {
    return Map.copyOf(faults);
  }

  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  @Override
  public void close() {
    crowd.shutdownNow();
  }

  @Override
  public String toString() {
    return "%d issued, %d revoked, %d given up, %d hold one without its file, faults met: %s"
        .formatted(received.size(), revoked.size(), givenUp.size(), holdWithoutFile.size(), faults);
  }
}
