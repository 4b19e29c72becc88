package dev.inkan.server.service;

import dev.inkan.core.api.AuditCheckpoint;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.server.audit.AuditExport;
import dev.inkan.server.audit.AuditStore;
import dev.inkan.server.audit.Checkpoints;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.operation.AuditArchive;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.JdbiAuditStore;
import java.time.Clock;
import java.util.Optional;

/** The audit trail of the database, as the admin API hands it out. */
public final class StoredAuditArchive implements AuditArchive {

  private final AuditStore store;
  private final Checkpoints checkpoints;
  private final AuditExport export;
  private final ClockGuard guard;

  public StoredAuditArchive(
      Database database, CheckpointSigner signer, Clock clock, ClockGuard guard) {
    this.guard = guard;
    this.store = new JdbiAuditStore(database);
    this.checkpoints = new Checkpoints(store, signer, clock);
    this.export = new AuditExport(store, clock);
  }

  @Override
  public Export export(long from) {
    return out -> export.writeTo(out, from);
  }

  @Override
  public AuditCheckpoint checkpoint() {
    guard.require();
    Optional<dev.inkan.core.audit.AuditCheckpoint> signed =
        checkpoints.sign().or(() -> store.checkpointUpTo(Long.MAX_VALUE));
    return signed
        .map(
            it ->
                new AuditCheckpoint(
                    it.number(),
                    it.previous(),
                    it.at(),
                    it.hash().hex(),
                    it.signature(),
                    it.signedBy()))
        .orElseThrow(() -> new IllegalStateException("the installation's first event is there"));
  }
}
