package dev.inkan.server.operation;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.User;
import dev.inkan.core.api.UserDetails;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Users of all organisations, as the bank's staff look after them (B10). Thread-safe. */
public final class UserDesk {

  private static final int MAILS = 10;
  private static final int CERTIFICATES = 100;

  private final Transactions<OperationStores> transactions;
  private final Clock clock;

  public UserDesk(Transactions<OperationStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Users in the order of their user IDs. */
  public Page<User> list(PeopleRegister.UserSearch search, Paging paging) {
    return transactions.inTransaction(
        stores -> stores.people().users(search, paging, clock.instant()));
  }

  /** One with certificates and last mails; removed ones as well. */
  public Outcome<UserDetails> find(String userId) {
    return Outcome.found(
        transactions.inTransaction(
            stores ->
                stores.people().user(userId, clock.instant()).map(user -> describe(stores, user))),
        () -> unknown(userId));
  }

  private UserDetails describe(OperationStores stores, User user) {
    return new UserDetails(
        user,
        stores
            .certificateRegister()
            .list(
                CertificateSearch.ofUser(user.userId()),
                Paging.first(CERTIFICATES),
                clock.instant())
            .items(),
        stores
            .mailBook()
            .list(Optional.empty(), Optional.of(user.userId()), Paging.first(MAILS))
            .items());
  }

  /** Ends a lock before its time. */
  public Outcome<User> unlock(Caller caller, String userId) {
    return end(caller, userId, AccountState.LOCKED);
  }

  /** Ends a block. */
  public Outcome<User> unblock(Caller caller, String userId) {
    return end(caller, userId, AccountState.BLOCKED);
  }

  private Outcome<User> end(Caller caller, String userId, AccountState wanted) {
    return transactions.inTransaction(
        stores -> {
          Optional<dev.inkan.server.registration.user.User> found =
              UserId.parse(userId).flatMap(it -> stores.users().find(it));
          if (found.isEmpty()) {
            return Outcome.refused(unknown(userId));
          }
          AccountState state =
              stores.people().user(userId, clock.instant()).map(User::state).orElseThrow();
          if (state != wanted || !stores.users().unlock(found.get().id())) {
            return Outcome.refused(wrongState(userId, state));
          }
          stores
              .outbox()
              .add(OutgoingMail.to(found.get(), new Notice.Unlocked(found.get().userId())));
          stores
              .audit()
              .append(
                  new AuditEvent(
                      clock.instant(),
                      caller.actor(),
                      AuditAction.USER_UNLOCKED,
                      Optional.of(found.get().id()),
                      Optional.empty(),
                      userId + " was " + state));
          return Outcome.done(stores.people().user(userId, clock.instant()).orElseThrow());
        });
  }

  private static Refusal wrongState(String userId, AccountState state) {
    return state == AccountState.BLOCKED
        ? Refusal.of(
            ProblemType.WRONG_STATE,
            "user " + userId + " is blocked, which unlocking does not end",
            "inkan-admin user unblock " + userId)
        : Refusal.of(
            ProblemType.WRONG_STATE,
            "user " + userId + " is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  static Refusal unknown(String userId) {
    return Refusal.notFound(
        "user", userId, "inkan-admin user list finds them; user IDs are case-sensitive.");
  }
}
