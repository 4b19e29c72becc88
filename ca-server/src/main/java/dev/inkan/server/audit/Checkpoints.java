package dev.inkan.server.audit;

import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.authority.CheckpointSigner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs how far the audit trail has come, if it has come further. What is signed follows from the
 * checkpoint before, or it is not signed. Safe for use by several threads and several servers.
 */
public final class Checkpoints implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final int PAGE = 1000;

  private final AuditStore store;
  private final CheckpointSigner signer;
  private final Clock clock;

  public Checkpoints(AuditStore store, CheckpointSigner signer, Clock clock) {
    this.store = store;
    this.signer = signer;
    this.clock = clock;
  }

  @Override
  public void run() {
    // The log is kept elsewhere than the database: what stands there cannot be removed with a row.
    sign()
        .ifPresent(
            signed ->
                LOG.info("audit checkpoint: record {} is {}", signed.number(), signed.hash()));
  }

  /**
   * Signs, unless nothing was written since the last time, or another server is just signing.
   *
   * @throws BrokenChainException if what was written since does not follow from what was signed
   */
  public Optional<AuditCheckpoint> sign() {
    Optional<AuditCheckpoint> last = store.checkpointUpTo(Long.MAX_VALUE);
    long from = last.map(AuditCheckpoint::number).orElse(0L);
    Reached start = new Reached(from, signedHash(last));
    Reached reached = follow(start);
    if (reached.number() == from) {
      return Optional.empty();
    }
    AuditCheckpoint checkpoint =
        signer.sign(reached.number(), reached.hash(), from, clock.instant());
    return store.add(checkpoint) ? Optional.of(checkpoint) : Optional.empty();
  }

  private record Reached(long number, ChainHash hash) {}

  private ChainHash signedHash(Optional<AuditCheckpoint> last) {
    if (last.isEmpty()) {
      return ChainHash.START;
    }
    AuditCheckpoint checkpoint = last.get();
    boolean stands =
        store.after(checkpoint.number() - 1, AuditFilter.ALL, 1).stream()
            .anyMatch(
                found ->
                    found.number() == checkpoint.number()
                        && found.hash().equals(checkpoint.hash()));
    if (!stands) {
      throw broken(checkpoint.number());
    }
    return checkpoint.hash();
  }

  private Reached follow(Reached start) {
    Reached reached = start;
    List<AuditRecord> page;
    do {
      page = store.after(reached.number(), AuditFilter.ALL, PAGE);
      for (AuditRecord found : page) {
        if (found.number() != reached.number() + 1 || !found.follows(reached.hash())) {
          throw broken(reached.number() + 1);
        }
        reached = new Reached(found.number(), found.hash());
      }
    } while (page.size() == PAGE);
    return reached;
  }

  private static BrokenChainException broken(long number) {
    return new BrokenChainException(
        "audit record "
            + number
            + " is not as it was written, or is missing: no checkpoint is signed any more."
            + " Export the audit trail, have it verified, and find out who can write to the"
            + " database");
  }
}
