package dev.inkan.server.registration.invitation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import java.time.Clock;
import java.util.Optional;

/**
 * Checks login IDs and initial passwords (C2), as {@link Authenticator} checks users: the attempt
 * is taken from the letter before the password is looked at, and an unknown, locked or blocked
 * login ID costs the same hash and gets the same answer. Nobody is mailed: there is no address yet.
 * Safe for several threads.
 */
public final class InvitationCheck {

  private final Transactions<? extends InvitationStores> transactions;
  private final PasswordHasher hasher;
  private final HashingGate gate;
  private final SourceBudget budget;
  private final LockoutPolicy policy;
  private final Clock clock;

  /**
   * @param gate the one that log-ins pass as well
   * @param budget the one that log-ins use up as well
   */
  public InvitationCheck(
      Transactions<? extends InvitationStores> transactions,
      PasswordHasher hasher,
      HashingGate gate,
      SourceBudget budget,
      LockoutPolicy policy,
      Clock clock) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.gate = gate;
    this.budget = budget;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Counts, then checks.
   *
   * @param source the address that asks
   */
  public InvitationAnswer check(LoginId loginId, LoginPassword initialPassword, String source) {
    if (!budget.admit(source)) {
      return new InvitationAnswer.SourceOverBudget();
    }
    return gate.pass(() -> attempt(loginId, initialPassword)).orElseGet(InvitationAnswer.Busy::new);
  }

  private InvitationAnswer attempt(LoginId loginId, LoginPassword initialPassword) {
    Optional<Reserved> reserved = transactions.inTransaction(stores -> reserve(stores, loginId));
    if (reserved.isEmpty()) {
      hasher.verifyForStranger(initialPassword);
      return refuse(loginId, "unknown, locked or blocked login ID");
    }
    MasterInvitation invitation = reserved.get().invitation();
    if (!hasher.verify(initialPassword, invitation.initialPassword())) {
      return refuse(loginId, "wrong initial password" + consequence(reserved.get().lock()));
    }
    return transactions.inTransaction(stores -> right(stores, invitation));
  }

  private record Reserved(MasterInvitation invitation, Attempts lock) {}

  private Optional<Reserved> reserve(InvitationStores stores, LoginId loginId) {
    Optional<Attempts> lock = stores.invitations().reserveAttempt(loginId, clock.instant(), policy);
    // Read after the attempt is taken: a letter that replaces this one waits for us.
    return lock.flatMap(
        it -> stores.invitations().find(loginId).map(invitation -> new Reserved(invitation, it)));
  }

  private String consequence(Attempts lock) {
    if (lock.blocked()) {
      return "; blocked by lock " + lock.locks();
    }
    return lock.refusesAt(clock.instant()) ? "; lock " + lock.locks() : "";
  }

  // One more transaction in each case, so that none is told from another by its time.
  private InvitationAnswer refuse(LoginId loginId, String why) {
    return transactions.inTransaction(
        stores -> {
          audit(stores, loginId, AuditAction.REGISTRATION_REFUSED, why);
          return new InvitationAnswer.Refused();
        });
  }

  private InvitationAnswer right(InvitationStores stores, MasterInvitation invitation) {
    LoginId loginId = invitation.loginId();
    stores.invitations().clearAttempts(loginId);
    Optional<InvitationLapse> lapse = InvitationLapse.of(stores, loginId, clock.instant());
    if (lapse.isPresent()) {
      audit(stores, loginId, AuditAction.REGISTRATION_REFUSED, "the letter lapsed: " + lapse.get());
      return new InvitationAnswer.Lapsed(lapse.get());
    }
    return new InvitationAnswer.Admitted(invitation);
  }

  private void audit(InvitationStores stores, LoginId loginId, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, loginId.value()),
                action,
                Optional.empty(),
                Optional.empty(),
                detail));
  }
}
