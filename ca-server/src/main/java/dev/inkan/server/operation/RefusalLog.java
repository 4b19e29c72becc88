package dev.inkan.server.operation;

import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Writes down what was refused to whom. Safe for several threads. */
public final class RefusalLog {

  private static final int LONGEST_DETAIL = 500;

  private final Transactions<OperationStores> transactions;
  private final Clock clock;

  public RefusalLog(Transactions<OperationStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Writes it into the audit log.
   *
   * @param act what was asked for: a method and a route, no values
   * @param why the problem's type
   */
  public void refused(Actor actor, String act, ProblemType why) {
    String detail = act + ": " + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    AuditEvent event =
        new AuditEvent(
            clock.instant(),
            actor,
            AuditAction.OPERATION_REFUSED,
            Optional.empty(),
            Optional.empty(),
            detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              stores.audit().append(event);
              return true;
            });
  }
}
