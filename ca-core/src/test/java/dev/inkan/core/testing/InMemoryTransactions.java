package dev.inkan.core.testing;

import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Stores;
import dev.inkan.core.store.Transactions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Stores in memory with one transaction at a time: work runs on a copy that replaces the original
 * on commit. Every call can be made to fail. Any subscriber exists unless named by {@link
 * #withoutSubscriber}.
 */
public final class InMemoryTransactions implements Transactions<Stores> {

  /** Where a fault can be put. */
  public enum Point {
    BEGIN,
    LOCK,
    FIND,
    PREPARE,
    MARK_ISSUED,
    ABANDON,
    RESTORE,
    REVOKE,
    HOLD,
    RELEASE,
    AUDIT,
    DATABASE_TIME,
    /** The work is lost and the caller is told. */
    COMMIT,
    /** The work is kept, but the caller is told it failed: the connection broke on the way back. */
    ANSWER
  }

  private final Clock clock;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private volatile InMemoryStores committed = new InMemoryStores(); // replaced by each commit
  private volatile Duration databaseClockAhead = Duration.ZERO; // moved by tests
  private final Set<SubscriberId> unknown = ConcurrentHashMap.newKeySet();
  private final Faults faults = new Faults();

  public InMemoryTransactions(Clock clock) {
    this.clock = clock;
  }

  @Override
  public <R> R inTransaction(Function<Stores, R> work) {
    oneAtATime.lock();
    try {
      faults.pass(Point.BEGIN);
      InMemoryStores copy = committed.copy(this);
      R result = work.apply(copy);
      faults.pass(Point.COMMIT);
      committed = copy;
      faults.pass(Point.ANSWER);
      return result;
    } finally {
      oneAtATime.unlock();
    }
  }

  /** The {@code nth} call at {@code point} from now on fails, and each after it until mended. */
  public void breakAt(Point point, int nth) {
    faults.breakAt(point, nth, Integer.MAX_VALUE);
  }

  /** The {@code nth} call at {@code point} from now on fails, and no other. */
  public void breakOnceAt(Point point, int nth) {
    faults.breakAt(point, nth, nth);
  }

  /** Nothing fails any more. */
  public void mend() {
    faults.mend();
  }

  /** The database's clock runs ahead of the process's by this much, or behind if negative. */
  public void databaseClockAhead(Duration by) {
    databaseClockAhead = by;
  }

  public void withoutSubscriber(SubscriberId subscriber) {
    unknown.add(subscriber);
  }

  /** Every committed entry, in the order of preparation. */
  public List<CertificateRecord> entries() {
    return committed.entries();
  }

  public Optional<CertificateRecord> entry(SerialNumber serialNumber) {
    return entries().stream()
        .filter(entry -> entry.serialNumber().equals(serialNumber))
        .findFirst();
  }

  /** The committed certificate under this number. */
  public Optional<Der> encoded(SerialNumber serialNumber) {
    return committed.encodedCertificate(serialNumber);
  }

  /** Every committed audit event, oldest first. */
  public List<AuditEvent> auditEvents() {
    return committed.events();
  }

  void pass(Point point) {
    faults.pass(point);
  }

  boolean knows(SubscriberId subscriber) {
    return !unknown.contains(subscriber);
  }

  Instant databaseTime() {
    return clock.instant().plus(databaseClockAhead);
  }

  /** Which calls fail. */
  private static final class Faults {

    private volatile Optional<Fault> planned = Optional.empty(); // replaced by tests

    void breakAt(Point point, int first, int last) {
      planned = Optional.of(new Fault(point, first, last, new AtomicInteger()));
    }

    void mend() {
      planned = Optional.empty();
    }

    void pass(Point point) {
      planned.filter(fault -> fault.strikes(point)).ifPresent(Faults::fail);
    }

    private static void fail(Fault fault) {
      throw new StoreUnavailableException(
          "store fails at " + fault.point(), new IOException("connection reset"));
    }
  }

  private record Fault(Point point, int first, int last, AtomicInteger calls) {

    boolean strikes(Point reached) {
      if (reached != point) {
        return false;
      }
      int call = calls.incrementAndGet();
      return call >= first && call <= last;
    }
  }
}
