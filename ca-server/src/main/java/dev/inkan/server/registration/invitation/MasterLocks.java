package dev.inkan.server.registration.invitation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the bank ends locks and blocks of master users (B10): the registered user's, and the
 * letter's that somebody tried with wrong initial passwords. Safe for several threads.
 */
public final class MasterLocks {

  private final Transactions<? extends InvitationStores> transactions;
  private final Clock clock;

  public MasterLocks(Transactions<? extends InvitationStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Ends a lock before its time. */
  public UnlockOutcome unlock(String number, Actor by) {
    Instant now = clock.instant();
    return transactions.inTransaction(
        stores -> {
          Held held = held(stores, number, lock -> !lock.blocked() && lock.refusesAt(now));
          if (held.isNothing() && !held(stores, number, Attempts::blocked).isNothing()) {
            return new UnlockOutcome.Blocked();
          }
          return end(stores, number, held, new Act(by, now, "locked"));
        });
  }

  /** Ends a block. */
  public UnlockOutcome unblock(String number, Actor by) {
    return transactions.inTransaction(
        stores ->
            end(
                stores,
                number,
                held(stores, number, Attempts::blocked),
                new Act(by, clock.instant(), "blocked")));
  }

  /** What of an organisation is locked or blocked. */
  private record Held(Optional<User> user, Optional<MasterInvitation> letter) {
    boolean isNothing() {
      return user.isEmpty() && letter.isEmpty();
    }
  }

  private static Held held(InvitationStores stores, String number, Predicate<Attempts> by) {
    return new Held(
        stores.masters().find(number).filter(user -> by.test(user.lock())),
        stores
            .invitations()
            .findByOrganisation(number)
            .filter(letter -> !letter.isUsed() && by.test(letter.lock())));
  }

  /**
   * @param state what it was before, for the auditor
   */
  private record Act(Actor by, Instant at, String state) {

    void audit(
        InvitationStores stores,
        AuditAction action,
        Optional<SubscriberId> subscriber,
        String what) {
      stores
          .audit()
          .append(
              new AuditEvent(at, by, action, subscriber, Optional.empty(), what + " was " + state));
    }
  }

  private static UnlockOutcome end(InvitationStores stores, String number, Held held, Act act) {
    if (stores.organisations().find(number).isEmpty()) {
      return new UnlockOutcome.UnknownOrganisation();
    }
    if (held.isNothing()) {
      return new UnlockOutcome.NothingToEnd();
    }
    held.user().ifPresent(user -> end(stores, user, act));
    held.letter().ifPresent(letter -> end(stores, letter, act));
    return new UnlockOutcome.Ended(
        held.user().map(User::userId), held.letter().map(MasterInvitation::loginId));
  }

  private static void end(InvitationStores stores, User user, Act act) {
    if (stores.users().unlock(user.id())) {
      stores.outbox().add(OutgoingMail.to(user, new Notice.Unlocked(user.userId())));
      act.audit(stores, AuditAction.USER_UNLOCKED, Optional.of(user.id()), user.userId().value());
    }
  }

  private static void end(InvitationStores stores, MasterInvitation letter, Act act) {
    stores.invitations().clearAttempts(letter.loginId());
    act.audit(
        stores, AuditAction.INVITATION_UNLOCKED, Optional.empty(), "login ID " + letter.loginId());
  }
}
