package dev.inkan.server.health;

import dev.inkan.core.authority.ClockSuspiciousException;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries every part, each in a thread of its own, and answers within {@link #DEADLINE} whatever
 * hangs. A trial counts for {@link #FRESH}: it signs, and that may cost a token its time. Safe for
 * use by several threads.
 */
public final class Readiness implements AutoCloseable {

  /** A part that has not answered by then is down. */
  public static final Duration DEADLINE = Duration.ofSeconds(3);

  /** How long a trial counts. */
  public static final Duration FRESH = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  /** Whose messages are written for operators, and hold no secret. */
  private static final Set<Class<? extends RuntimeException>> TELLING =
      Set.of(
          StoreUnavailableException.class,
          JournalUnavailableException.class,
          KeyUnavailableException.class,
          ClockSuspiciousException.class);

  private final Clock clock;
  private final Duration deadline;
  private final List<Tried> parts = new ArrayList<>();
  private final Map<String, PartState> states = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(new Daemons());

  private record Tried(String name, BoundedAnswer<Optional<String>> trial) {}

  public Readiness(List<Part> parts, Clock clock) {
    this(parts, clock, FRESH, DEADLINE);
  }

  Readiness(List<Part> parts, Clock clock, Duration fresh, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
    for (Part part : parts) {
      this.parts.add(
          new Tried(part.name(), new BoundedAnswer<>(() -> tried(part), fresh, threads)));
    }
  }

  /** How every part stands, in the order they were given. */
  public List<PartState> parts() {
    long until = System.nanoTime() + deadline.toNanos();
    parts.forEach(part -> part.trial().ask());
    return parts.stream().map(part -> state(part, until)).toList();
  }

  /** The parts' names. */
  public List<String> names() {
    return parts.stream().map(Tried::name).toList();
  }

  /** Whether the part was up when it was tried last, without waiting for another trial. */
  public Optional<Boolean> isUp(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .flatMap(part -> part.trial().last())
        .map(Optional::isEmpty);
  }

  private PartState state(Tried part, long until) {
    Optional<String> fault =
        part.trial()
            .until(until)
            .orElseGet(() -> Optional.of("no answer within " + deadline.toMillis() + " ms"));
    Instant now = clock.instant();
    PartState before = states.get(part.name());
    PartState after =
        before != null && before.isUp() == fault.isEmpty()
            ? new PartState(part.name(), before.since(), fault)
            : new PartState(part.name(), now, fault);
    states.put(part.name(), after);
    tell(before, after);
    return after;
  }

  private static void tell(@org.jspecify.annotations.Nullable PartState before, PartState after) {
    if (!after.isUp() && (before == null || before.isUp())) {
      LOG.warn("not ready: {}: {}", after.name(), after.fault().orElse(""));
    } else if (before != null && after.isUp() && !before.isUp()) {
      LOG.info("ready again: {}", after.name());
    }
  }

  private static Optional<String> tried(Part part) {
    try {
      return part.fault().get();
    } catch (RuntimeException e) {
      boolean tells = TELLING.stream().anyMatch(type -> type.isInstance(e));
      String message = e.getMessage();
      return Optional.of(tells && message != null ? message : e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static final class Daemons implements java.util.concurrent.ThreadFactory {

    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, "health-" + made.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }
}
