package dev.inkan.server.operation;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Revokes what a request names, each certificate in its own transaction, which also says so in the
 * request: whoever goes on after a crash knows where. Two at once share the work. Thread-safe.
 */
final class RevocationRun {

  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;
  private final Clock clock;

  RevocationRun(
      Transactions<OperationStores> transactions,
      CertificateStatusAuthority authority,
      Clock clock) {
    this.transactions = transactions;
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * Revokes the next {@code max} certificates of an approved request.
   *
   * @param done how the audit log calls the end of it
   */
  void run(long number, Asked asked, int max, Actor by, AuditAction done) {
    List<SerialNumber> next =
        transactions.inTransaction(stores -> stores.requests().pending(number, max));
    next.forEach(serialNumber -> revoke(number, serialNumber, asked, by));
    Boolean unused = transactions.inTransaction(stores -> finish(stores, number, by, done));
  }

  private void revoke(long number, SerialNumber serialNumber, Asked asked, Actor by) {
    StatusOutcome outcome =
        authority.revoke(
            serialNumber,
            asked.cause().reason(),
            asked.lostAt().filter(since -> isNotBefore(serialNumber, since)),
            by,
            (stores, revoked) -> {
              boolean unused = end(stores, number, serialNumber, ItemState.REVOKED);
            });
    if (outcome != StatusOutcome.DONE) {
      Boolean unused =
          transactions.inTransaction(
              stores -> end(stores, number, serialNumber, ItemState.ALREADY_REVOKED));
    }
  }

  // One that was issued after the PC was lost has no such date.
  private boolean isNotBefore(SerialNumber serialNumber, Instant since) {
    return transactions
        .inTransaction(stores -> stores.certificates().find(serialNumber))
        .filter(entry -> !since.isBefore(entry.validity().notBefore()))
        .isPresent();
  }

  private boolean end(
      OperationStores stores, long number, SerialNumber serialNumber, ItemState as) {
    return stores.requests().end(number, serialNumber, as, clock.instant());
  }

  private boolean finish(OperationStores stores, long number, Actor by, AuditAction done) {
    boolean finished = stores.requests().finish(number);
    if (finished) {
      stores
          .audit()
          .append(
              new AuditEvent(
                  clock.instant(),
                  by,
                  done,
                  Optional.empty(),
                  Optional.empty(),
                  (done == AuditAction.BULK_DONE ? "bulk revocation " : "request ") + number));
    }
    return finished;
  }
}
