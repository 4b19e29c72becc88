package dev.inkan.server.operation;

import dev.inkan.core.api.ActivityReport;
import dev.inkan.core.api.AuditCheckpoint;
import dev.inkan.core.api.AuditLine;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The audit log, for auditors (D4). Thread-safe. */
public final class AuditDesk {

  private final Transactions<OperationStores> transactions;
  private final Optional<AuditArchive> archive;
  private final Clock clock;

  /**
   * @param archive empty where the log is not chained
   */
  public AuditDesk(
      Transactions<OperationStores> transactions, Optional<AuditArchive> archive, Clock clock) {
    this.transactions = transactions;
    this.archive = archive;
    this.clock = clock;
  }

  /** Events, the newest first. */
  public Page<AuditLine> list(AuditRegister.AuditSearch search, Paging paging) {
    return transactions.inTransaction(stores -> stores.auditRegister().list(search, paging));
  }

  /** How much happened from {@code from} until before {@code to}. */
  public Outcome<ActivityReport> activity(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return Outcome.refused(Refusal.field("to", "must be after from"));
    }
    return Outcome.done(
        new ActivityReport(
            from,
            to,
            transactions.inTransaction(stores -> stores.auditRegister().counts(from, to))));
  }

  /** The log itself from an event on; that it left is in the log as well. */
  public Outcome<AuditArchive.Export> export(Caller caller, long from) {
    if (archive.isEmpty()) {
      return Outcome.refused(elsewhere());
    }
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              stores
                  .audit()
                  .append(
                      new AuditEvent(
                          clock.instant(),
                          caller.actor(),
                          AuditAction.AUDIT_EXPORTED,
                          Optional.empty(),
                          Optional.empty(),
                          "from event " + from));
              return true;
            });
    return Outcome.done(archive.get().export(from));
  }

  /** The signed head. */
  public Outcome<AuditCheckpoint> checkpoint() {
    return archive
        .<Outcome<AuditCheckpoint>>map(it -> Outcome.done(it.checkpoint()))
        .orElseGet(() -> Outcome.refused(elsewhere()));
  }

  private static Refusal elsewhere() {
    return Refusal.of(ProblemType.NOT_SERVED_HERE, "this server does not export the audit log");
  }
}
