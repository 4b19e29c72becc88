package dev.inkan.server.operation;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Organisations' requests to revoke a user's certificates, from the telephone call to the
 * revocation (D3). Thread-safe.
 */
public final class RequestDesk {

  private static final int MOST_OF_ONE_USER = 50;

  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;
  private final RevocationRun run;
  private final SecondOperator policy;
  private final Clock clock;

  public RequestDesk(
      Transactions<OperationStores> transactions,
      CertificateStatusAuthority authority,
      SecondOperator policy,
      Clock clock) {
    this.transactions = transactions;
    this.authority = authority;
    this.run = new RevocationRun(transactions, authority, clock);
    this.policy = policy;
    this.clock = clock;
  }

  /** Requests, the newest first. */
  public Page<RevocationRequest> list(
      Optional<RequestState> state,
      Optional<String> userId,
      Optional<String> organisation,
      Paging paging) {
    return transactions.inTransaction(
        stores -> stores.requests().list(state, userId, organisation, paging));
  }

  public Outcome<RevocationRequest> find(long number) {
    return Outcome.found(
        transactions.inTransaction(stores -> stores.requests().find(number)),
        () -> unknown(number));
  }

  /** Records a request; holds its certificates at once if it says so. */
  public Outcome<RevocationRequest> add(
      Caller caller, NewRevocationRequest wanted, boolean dryRun) {
    Optional<Refusal> refusal = Checks.asked(wanted.asked(), clock.instant());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    Outcome<List<Certificate>> certificates =
        transactions.inTransaction(stores -> RequestSelection.of(stores, wanted, clock.instant()));
    return certificates
        .then(found -> RequestSelection.lostWhileTheyWere(found, wanted.asked()))
        .then(
            found ->
                dryRun
                    ? Outcome.done(preview(caller, wanted, found))
                    : record(caller, wanted, found));
  }

  private Outcome<RevocationRequest> record(
      Caller caller, NewRevocationRequest wanted, List<Certificate> certificates) {
    Outcome<Long> added =
        transactions.inTransaction(stores -> add(stores, caller, wanted, certificates));
    return added.then(
        number -> {
          if (wanted.hold()) {
            certificates.forEach(it -> hold(caller, it, wanted.asked()));
          }
          return find(number);
        });
  }

  private Outcome<Long> add(
      OperationStores stores,
      Caller caller,
      NewRevocationRequest wanted,
      List<Certificate> certificates) {
    Certificate first = certificates.get(0);
    SubscriberId user = new SubscriberId(first.subscriber());
    // Whoever records another for the same user waits here, and then sees this one.
    boolean unused = stores.certificates().lock(user);
    for (Certificate certificate : certificates) {
      Optional<Long> other = stores.requests().openFor(serial(certificate));
      if (other.isPresent()) {
        return Outcome.refused(
            Refusal.of(
                ProblemType.WRONG_STATE,
                "request " + other.get() + " asks for " + certificate.serialNumber() + " already",
                "inkan-admin request show " + other.get()));
      }
    }
    long number =
        stores
            .requests()
            .add(
                new RevocationRequestStore.NewCase(
                    false,
                    wanted.asked(),
                    first.organisation(),
                    Optional.of(user),
                    holdsAll(wanted, certificates),
                    clock.instant(),
                    caller.name(),
                    false),
                certificates.stream().map(RequestDesk::serial).toList());
    audit(
        stores,
        caller,
        AuditAction.REQUEST_ADDED,
        user,
        "request "
            + number
            + ": "
            + wanted.asked().cause()
            + " by "
            + wanted.asked().channel()
            + ", asked by "
            + wanted.asked().askedBy());
    return Outcome.done(number);
  }

  // What somebody else had put on hold before is not this request's to release.
  private static boolean holdsAll(NewRevocationRequest wanted, List<Certificate> certificates) {
    return wanted.hold()
        && certificates.stream().allMatch(it -> it.state() == CertificateState.VALID);
  }

  private void hold(Caller caller, Certificate certificate, Asked asked) {
    if (certificate.state() == CertificateState.VALID) {
      Optional<Instant> since = asked.lostAt().filter(at -> !at.isBefore(certificate.notBefore()));
      StatusOutcome unused = authority.hold(serial(certificate), since, caller.actor());
    }
  }

  /** Approves, which revokes. */
  public Outcome<RevocationRequest> approve(Caller caller, long number, Optional<String> note) {
    Optional<Refusal> refusal = Checks.note("note", note);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return find(number)
        .then(request -> DecisionRules.mayApprove(policy, caller, request))
        .then(
            request ->
                request.state() == RequestState.APPROVED
                    ? Outcome.done(request)
                    : decide(caller, request, RequestState.APPROVED, note))
        .then(
            request -> {
              run.run(
                  number,
                  request.asked(),
                  MOST_OF_ONE_USER,
                  caller.actor(),
                  AuditAction.REQUEST_DONE);
              return find(number);
            });
  }

  /** Rejects; what was put on hold with the request is released. */
  public Outcome<RevocationRequest> reject(Caller caller, long number, Optional<String> note) {
    Optional<Refusal> refusal = Checks.note("note", note);
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return find(number)
        .then(
            request ->
                request.state() == RequestState.OPEN
                    ? Outcome.done(request)
                    : DecisionRules.decided(request))
        .then(
            request ->
                request.createdBy().equals(caller.name()) || caller.hasOneOf(Set.of(Role.APPROVER))
                    ? Outcome.done(request)
                    : Outcome.refused(DecisionRules.onlyApprovers()))
        .then(request -> decide(caller, request, RequestState.REJECTED, note))
        .then(
            request -> {
              if (request.held()) {
                request.certificates().forEach(item -> release(caller, item));
              }
              return find(number);
            });
  }

  private void release(Caller caller, RequestItem item) {
    StatusOutcome unused =
        authority.release(SerialNumber.parse(item.serialNumber()), caller.actor());
  }

  private Outcome<RevocationRequest> decide(
      Caller caller, RevocationRequest request, RequestState as, Optional<String> note) {
    return transactions.inTransaction(
        stores -> {
          Instant now = clock.instant();
          if (!stores.requests().decide(request.number(), as, now, caller.name(), note)) {
            return DecisionRules.decided(stores.requests().find(request.number()).orElse(request));
          }
          audit(
              stores,
              caller,
              as == RequestState.APPROVED
                  ? AuditAction.REQUEST_APPROVED
                  : AuditAction.REQUEST_REJECTED,
              new SubscriberId(subscriberOf(stores, request)),
              "request " + request.number());
          return Outcome.done(stores.requests().find(request.number()).orElseThrow());
        });
  }

  private static String subscriberOf(OperationStores stores, RevocationRequest request) {
    return stores
        .certificates()
        .find(SerialNumber.parse(request.certificates().get(0).serialNumber()))
        .map(entry -> entry.subscriber().value())
        .orElseThrow();
  }

  private RevocationRequest preview(
      Caller caller, NewRevocationRequest wanted, List<Certificate> certificates) {
    return new RevocationRequest(
        0,
        RequestState.OPEN,
        wanted.asked(),
        certificates.get(0).userId().orElse(""),
        certificates.get(0).organisation().orElse(""),
        wanted.hold(),
        clock.instant(),
        caller.name(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        certificates.stream()
            .map(
                it ->
                    new RequestItem(
                        it.serialNumber(), it.userId(), ItemState.PENDING, Optional.empty()))
            .toList());
  }

  private void audit(
      OperationStores stores, Caller caller, AuditAction action, SubscriberId user, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                caller.actor(),
                action,
                Optional.of(user),
                Optional.empty(),
                detail));
  }

  private static SerialNumber serial(Certificate certificate) {
    return SerialNumber.parse(certificate.serialNumber());
  }

  static Refusal unknown(long number) {
    return Refusal.notFound(
        "request", Long.toString(number), "inkan-admin request list shows them.");
  }
}
