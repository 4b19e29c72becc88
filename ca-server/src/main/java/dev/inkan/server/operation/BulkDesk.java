package dev.inkan.server.operation;

import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Bulk revocations: seen first, approved by another operator, revoked in parts, gone on with after
 * whatever broke (D1, D5). Thread-safe.
 */
public final class BulkDesk {

  private static final int SHOWN = 100;
  private static final int MOST = 20_000;

  private final Transactions<OperationStores> transactions;
  private final RevocationRun run;
  private final SecondOperator policy;
  private final Clock clock;

  public BulkDesk(
      Transactions<OperationStores> transactions,
      CertificateStatusAuthority authority,
      SecondOperator policy,
      Clock clock) {
    this.transactions = transactions;
    this.run = new RevocationRun(transactions, authority, clock);
    this.policy = policy;
    this.clock = clock;
  }

  /** Bulk revocations, the newest first. */
  public Page<BulkRevocation> list(Optional<RequestState> state, Paging paging) {
    return transactions.inTransaction(stores -> stores.requests().listBulk(state, paging));
  }

  public Outcome<BulkRevocation> find(long number) {
    return Outcome.found(
        transactions.inTransaction(stores -> stores.requests().findBulk(number)),
        () -> unknown(number));
  }

  /** Its certificates in the order given. */
  public Outcome<Page<RequestItem>> items(long number, Optional<ItemState> state, Paging paging) {
    return find(number)
        .then(
            it ->
                Outcome.done(
                    transactions.inTransaction(
                        stores -> stores.requests().items(number, state, paging))));
  }

  /** Says what would be revoked and, unless it is a dry run, writes it down. */
  public Outcome<BulkPreview> add(Caller caller, NewBulkRevocation wanted, boolean dryRun) {
    Optional<Refusal> refusal = faultOf(wanted);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return transactions.inTransaction(
        stores -> {
          BulkSelection selection = BulkSelection.of(stores, wanted, clock.instant());
          return selection
              .check()
              .then(
                  it ->
                      Outcome.done(
                          dryRun
                              ? selection.preview(Optional.empty(), SHOWN)
                              : add(stores, caller, wanted, selection)));
        });
  }

  private BulkPreview add(
      OperationStores stores, Caller caller, NewBulkRevocation wanted, BulkSelection selection) {
    boolean approved = policy == SecondOperator.NEVER;
    long number =
        stores
            .requests()
            .add(
                new RevocationRequestStore.NewCase(
                    true,
                    wanted.asked(),
                    wanted.organisation(),
                    Optional.empty(),
                    false,
                    clock.instant(),
                    caller.name(),
                    approved),
                selection.serialNumbers());
    audit(
        stores,
        caller.actor(),
        AuditAction.BULK_ADDED,
        "bulk "
            + number
            + ": "
            + selection.serialNumbers().size()
            + " certificates, "
            + wanted.asked().cause()
            + ", asked by "
            + wanted.asked().askedBy());
    return selection.preview(stores.requests().findBulk(number), SHOWN);
  }

  private Optional<Refusal> faultOf(NewBulkRevocation wanted) {
    int listed = wanted.serialNumbers().size() + wanted.userIds().size();
    if (wanted.organisation().isPresent() == listed > 0) {
      return Optional.of(Refusal.field("organisation", "or lists must be given, and not both"));
    }
    if (listed > MOST) {
      return Optional.of(Refusal.field("serialNumbers", "must be at most " + MOST));
    }
    return Checks.asked(wanted.asked(), clock.instant());
  }

  /** Another operator lets it happen; nothing is revoked yet. */
  public Outcome<BulkRevocation> approve(Caller caller, long number, Optional<String> note) {
    return Checks.note("note", note)
        .<Outcome<BulkRevocation>>map(Outcome::refused)
        .orElseGet(() -> find(number))
        .then(
            bulk ->
                bulk.createdBy().equals(caller.name()) && bulk.state() == RequestState.OPEN
                    ? Outcome.refused(DecisionRules.ownRequest("bulk revocation " + number))
                    : decide(caller, bulk, RequestState.APPROVED, note));
  }

  public Outcome<BulkRevocation> reject(Caller caller, long number, Optional<String> note) {
    return Checks.note("note", note)
        .<Outcome<BulkRevocation>>map(Outcome::refused)
        .orElseGet(() -> find(number))
        .then(bulk -> decide(caller, bulk, RequestState.REJECTED, note));
  }

  private Outcome<BulkRevocation> decide(
      Caller caller, BulkRevocation bulk, RequestState as, Optional<String> note) {
    return transactions.inTransaction(
        stores -> {
          long number = bulk.number();
          if (!stores.requests().decide(number, as, clock.instant(), caller.name(), note)) {
            return wrongState(
                stores.requests().findBulk(number).orElse(bulk), "was decided before");
          }
          audit(
              stores,
              caller.actor(),
              as == RequestState.APPROVED ? AuditAction.BULK_APPROVED : AuditAction.BULK_REJECTED,
              "bulk " + number);
          return Outcome.done(stores.requests().findBulk(number).orElseThrow());
        });
  }

  /** Revokes the next {@code max}; to be repeated until nothing is pending. */
  public Outcome<BulkRevocation> run(Caller caller, long number, int max) {
    return find(number)
        .then(
            bulk ->
                switch (bulk.state()) {
                  case OPEN -> Outcome.refused(needsApproval(number));
                  case REJECTED -> wrongState(bulk, "cannot be run");
                  case DONE -> Outcome.done(bulk);
                  case APPROVED -> {
                    run.run(number, bulk.asked(), max, caller.actor(), AuditAction.BULK_DONE);
                    yield find(number);
                  }
                });
  }

  private void audit(OperationStores stores, Actor by, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(), by, action, Optional.empty(), Optional.empty(), detail));
  }

  private static Refusal needsApproval(long number) {
    return Refusal.of(
        ProblemType.SECOND_OPERATOR_REQUIRED,
        "bulk revocation " + number + " is not approved",
        "Another operator with the role approver approves it.");
  }

  private static Outcome<BulkRevocation> wrongState(BulkRevocation bulk, String what) {
    return Outcome.refused(
        Refusal.of(
            ProblemType.WRONG_STATE,
            "bulk revocation "
                + bulk.number()
                + " "
                + what
                + ": it is "
                + bulk.state().name().toLowerCase(Locale.ROOT)));
  }

  private static Refusal unknown(long number) {
    return Refusal.of(ProblemType.NOT_FOUND, "there is no bulk revocation " + number);
  }
}
