package dev.inkan.server.status;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known of every certificate, and how old that knowledge is. Filled and kept up to date by
 * {@link StatusFollower}. Safe for use by several threads.
 */
public final class StatusIndex {

  private final StatusTable table = new StatusTable();
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

  Knowledge knowledge() {
    return requireNonNull(knowledge.get());
  }

  long find(SerialNumber serialNumber) {
    return table.find(serialNumber);
  }

  /** Whether a change is known to have happened that could not be read yet. */
  boolean isDoubtful(SerialNumber serialNumber) {
    return !doubtful.isEmpty() && doubtful.contains(serialNumber);
  }

  /** How many certificates are known. */
  public int size() {
    return table.size();
  }

  void apply(StatusChange change) {
    table.put(change.serialNumber(), PackedStatus.pack(change.status()));
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
