package dev.inkan.server.audit;

import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.certificate.Der;
import java.util.List;
import java.util.Optional;

/**
 * The audit trail as it lies in the database, whoever wrote it. Each call is a transaction of its
 * own and sees what was committed before it. Safe for use by several threads.
 *
 * @see dev.inkan.core.store.StoreUnavailableException
 */
public interface AuditStore {

  /** Records after {@code number}, in rising order, {@code limit} at most. */
  List<AuditRecord> after(long number, AuditFilter filter, int limit);

  /** Records before {@code number}, in falling order, {@code limit} at most. */
  List<AuditRecord> before(long number, AuditFilter filter, int limit);

  /** How far the trail has come at this moment. */
  Extent extent();

  /**
   * How far the trail has come.
   *
   * @param last the number of the last record, as the server counted
   * @param lastFound the highest number that a row has, which is the same if nobody meddled
   * @param lastSigned the highest number that a checkpoint has, or 0
   */
  record Extent(long last, long lastFound, long lastSigned) {

    long lastOfAll() {
      return Math.max(last, Math.max(lastFound, lastSigned));
    }
  }

  /** The newest checkpoint of record {@code number} or one before. */
  Optional<AuditCheckpoint> checkpointUpTo(long number);

  /** Checkpoints of records after {@code number}, in rising order, {@code limit} at most. */
  List<AuditCheckpoint> checkpointsAfter(long number, int limit);

  /**
   * Adds a checkpoint.
   *
   * @return false if another server added one after the same checkpoint
   */
  boolean add(AuditCheckpoint checkpoint);

  /** The certificates of audit keys and of the CAs that issued them. */
  List<Der> certificates();
}
