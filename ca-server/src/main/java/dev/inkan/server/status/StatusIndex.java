package dev.inkan.server.status;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known of every certificate, and how old that knowledge is. Filled and kept up to date by
 * {@link StatusFollower}. Safe for use by several threads.
 */
public final class StatusIndex {

  private final AtomicReference<StatusTables> tables = new AtomicReference<>(new StatusTables());
  private final AtomicBoolean distrusted = new AtomicBoolean();
  private final Set<SerialNumber> doubtful = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Knowledge> knowledge =
      new AtomicReference<>(new Knowledge(Instant.MIN, false));

  /**
   * How much the index may be believed.
   *
   * @param asOf when the ledger was last read to its end, by a clock that was right
   * @param current whether the ledger could be read ever since
   */
  record Knowledge(Instant asOf, boolean current) {}

  /** The ledger as of when it holds; {@link Instant#MIN} before the ledger was read. */
  public Instant asOf() {
    return knowledge().asOf();
  }

  Knowledge knowledge() {
    return requireNonNull(knowledge.get());
  }

  long find(CaName issuer, SerialNumber serialNumber) {
    return tables().find(issuer, serialNumber);
  }

  /** Whether a change is known to have happened that could not be read yet. */
  boolean isDoubtful(SerialNumber serialNumber) {
    return !doubtful.isEmpty() && doubtful.contains(serialNumber);
  }

  /** How many certificates are known. */
  public int size() {
    return tables().size();
  }

  void apply(StatusChange change) {
    long status = PackedStatus.pack(change.status());
    // No ledger takes a revocation back: one that seems to was restored from before it.
    if (!PackedStatus.isForEver(tables().find(change.issuer(), change.serialNumber()))
        || PackedStatus.isForEver(status)) {
      tables().put(change.issuer(), change.serialNumber(), status);
    }
  }

  /** From now on nothing here is to be told, until {@link #unite}. */
  void distrust() {
    distrusted.set(true);
  }

  /** Whether nothing here is to be told. */
  boolean isDistrusted() {
    return distrusted.get();
  }

  /**
   * Takes what another ledger says in place of what is known, but for what is known to be worse:
   * nothing that was told to be revoked, on hold or never issued is good again by this.
   */
  void unite(StatusTables other) {
    tables()
        .forEach(
            (issuer, serialNumber, status) -> {
              long worse = PackedStatus.worse(status, other.find(issuer, serialNumber));
              if (PackedStatus.isBad(worse)) {
                other.put(issuer, serialNumber, worse);
              }
            });
    tables.set(other);
    distrusted.set(false);
  }

  private StatusTables tables() {
    return requireNonNull(tables.get());
  }

  void doubt(Collection<SerialNumber> changed) {
    doubtful.addAll(changed);
  }

  /** Everything committed before {@code asOf} is in the table now. */
  void caughtUp(Instant asOf, Collection<SerialNumber> noLongerDoubtful) {
    doubtful.removeAll(Set.copyOf(noLongerDoubtful));
    knowledge.updateAndGet(
        before -> new Knowledge(asOf.isAfter(before.asOf()) ? asOf : before.asOf(), true));
  }

  Set<SerialNumber> doubtful() {
    return Set.copyOf(doubtful);
  }

  /** The ledger cannot be read, or the clock is wrong. */
  void fellBehind() {
    knowledge.updateAndGet(before -> new Knowledge(before.asOf(), false));
  }
}
