package dev.inkan.server.operation;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.LockEnd;
import dev.inkan.core.api.Master;
import dev.inkan.core.api.MasterInitialisation;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.User;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.invitation.InitialiseOutcome;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitations;
import dev.inkan.server.registration.invitation.MasterLocks;
import dev.inkan.server.registration.invitation.UnlockOutcome;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Master users: initialised, unlocked, unblocked (B10, C3). Thread-safe. */
public final class MasterDesk {

  private static final int SHOWN = 100;

  private final Transactions<OperationStores> transactions;
  private final MasterInvitations invitations;
  private final MasterLocks locks;
  private final LetterPress letters;
  private final Clock clock;

  public MasterDesk(
      Transactions<OperationStores> transactions,
      MasterInvitations invitations,
      MasterLocks locks,
      LetterPress letters,
      Clock clock) {
    this.transactions = transactions;
    this.invitations = invitations;
    this.locks = locks;
    this.letters = letters;
    this.clock = clock;
  }

  /** How the master user stands. */
  public Outcome<Master> find(String number) {
    return Outcome.found(
        transactions.inTransaction(stores -> describe(stores, number)),
        () -> OrganisationDesk.unknown(number));
  }

  private Optional<Master> describe(OperationStores stores, String number) {
    Instant now = clock.instant();
    return stores
        .people()
        .organisation(number, now)
        .map(
            organisation -> {
              Optional<User> user =
                  organisation.master().flatMap(it -> stores.people().user(it.userId(), now));
              return new Master(
                  number,
                  organisation.name(),
                  user,
                  organisation.letter(),
                  user.map(it -> valid(stores, it.userId(), now)).orElse(List.of()));
            });
  }

  private static List<Certificate> valid(OperationStores stores, String userId, Instant now) {
    return stores
        .certificateRegister()
        .list(CertificateSearch.ofUser(userId), Paging.first(SHOWN), now)
        .items()
        .stream()
        .filter(it -> it.state() == CertificateState.VALID)
        .toList();
  }

  /** ログインID・パスワード初期化: a new letter; the old password stops at once. */
  public Outcome<MasterInitialisation> initialise(Caller caller, String number, boolean dryRun) {
    return find(number)
        .then(
            before ->
                dryRun
                    ? Outcome.done(new MasterInitialisation(before, Optional.empty(), 0, 0))
                    : initialise(caller, number, before));
  }

  private Outcome<MasterInitialisation> initialise(Caller caller, String number, Master before) {
    InitialiseOutcome outcome = invitations.initialise(number, caller.actor());
    if (!(outcome instanceof InitialiseOutcome.Initialised done)) {
      return Outcome.refused(OrganisationDesk.unknown(number));
    }
    try (IssuedInvitation issued = done.letter()) {
      return Outcome.done(
          new MasterInitialisation(
              before,
              Optional.of(letters.print(issued, done.before().master().isEmpty())),
              done.ended().sessions(),
              done.ended().applications()));
    }
  }

  /** Ends a lock before its time. */
  public Outcome<LockEnd> unlock(Caller caller, String number) {
    return told(number, locks.unlock(number, caller.actor()), "locked");
  }

  /** Ends a block. */
  public Outcome<LockEnd> unblock(Caller caller, String number) {
    return told(number, locks.unblock(number, caller.actor()), "blocked");
  }

  private static Outcome<LockEnd> told(String number, UnlockOutcome outcome, String state) {
    if (outcome instanceof UnlockOutcome.Ended ended) {
      return Outcome.done(
          new LockEnd(ended.user().map(UserId::value), ended.letter().map(LoginId::value)));
    }
    if (outcome instanceof UnlockOutcome.Blocked) {
      return Outcome.refused(
          Refusal.of(
              ProblemType.WRONG_STATE,
              "the master user of " + number + " is blocked, which unlocking does not end",
              "inkan-admin master unblock " + number));
    }
    if (outcome instanceof UnlockOutcome.NothingToEnd) {
      return Outcome.refused(
          Refusal.of(ProblemType.WRONG_STATE, "the master user of " + number + " is not " + state));
    }
    return Outcome.refused(OrganisationDesk.unknown(number));
  }
}
