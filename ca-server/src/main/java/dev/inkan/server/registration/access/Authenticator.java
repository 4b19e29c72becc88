package dev.inkan.server.registration.access;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks user IDs and passwords, for the issue flow and the log-in alike, with one counter (B7,
 * B8).
 *
 * <p>The attempt is taken from the user before the password is looked at; it counts as a failure
 * until the password proves right, and for good if the process ends in between. A locked, blocked
 * or unknown user costs the same hash and as many writes, and gets the same answer (S1). Safe for
 * several threads.
 */
public final class Authenticator {

  private final Transactions<? extends AccessStores> transactions;
  private final PasswordHasher hasher;
  private final HashingGate gate;
  private final SourceBudget budget;
  private final LockoutPolicy policy;
  private final Lockouts lockouts;
  private final Clock clock;

  public Authenticator(
      Transactions<? extends AccessStores> transactions,
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
    this.lockouts = new Lockouts(policy, clock);
    this.clock = clock;
  }

  /** The locks that passwords and codes share. */
  public Lockouts lockouts() {
    return lockouts;
  }

  /**
   * Counts, then checks.
   *
   * @param source the address that asks
   */
  public Authentication authenticate(UserId userId, LoginPassword password, String source) {
    if (!budget.admit(source)) {
      return new Authentication.SourceOverBudget();
    }
    return gate.pass(() -> attempt(userId, password, source)).orElseGet(Authentication.Busy::new);
  }

  private Authentication attempt(UserId userId, LoginPassword password, String source) {
    Attempt attempt = transactions.inTransaction(stores -> reserve(stores, userId));
    if (attempt.lock().isEmpty()) {
      hasher.verifyForStranger(password);
      return transactions.inTransaction(stores -> inVain(stores, attempt));
    }
    User user = attempt.user().orElseThrow();
    Attempts lock = attempt.lock().get();
    if (!hasher.verify(password, user.password().hash())) {
      return transactions.inTransaction(stores -> wrong(stores, user, lock, source));
    }
    Optional<PasswordHash> renewed =
        hasher.isOutdated(user.password().hash())
            ? Optional.of(hasher.hash(password))
            : Optional.empty();
    return transactions.inTransaction(stores -> right(stores, user, lock, renewed));
  }

  /**
   * An attempt before its password is looked at.
   *
   * @param user empty if there is no such user
   * @param lock the account with this attempt counted; empty if nothing may be tried
   */
  private record Attempt(UserId typed, Optional<User> user, Optional<Attempts> lock) {}

  private Attempt reserve(AccessStores stores, UserId userId) {
    Instant now = clock.instant();
    Optional<User> user = stores.users().find(userId);
    if (user.isEmpty()) {
      stores.users().reserveInVain(userId, now, policy);
    }
    Optional<Attempts> lock =
        user.flatMap(known -> stores.users().reserveAttempt(known.id(), now, policy));
    return new Attempt(userId, user, lock);
  }

  private Authentication inVain(AccessStores stores, Attempt attempt) {
    String why = attempt.user().isPresent() ? "locked or blocked" : "no such user";
    Optional<SubscriberId> id = attempt.user().map(User::id);
    audit(stores, attempt.typed(), id, AuditAction.AUTHENTICATION_FAILED, why);
    return new Authentication.Refused();
  }

  private Authentication wrong(AccessStores stores, User user, Attempts lock, String source) {
    audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "wrong password");
    lockouts.wrongPassword(stores, user, lock, source);
    return new Authentication.Refused();
  }

  private Authentication right(
      AccessStores stores, User user, Attempts lock, Optional<PasswordHash> renewed) {
    PasswordHash verified = user.password().hash();
    if (!stores.users().clearAttempts(user.id(), verified, lock)) {
      audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "overtaken");
      return new Authentication.Refused();
    }
    if (!stores.organisations().isOpen(user.organisation().number())) {
      audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "organisation suspended or closed");
      return new Authentication.OrganisationClosed(user);
    }
    if (user.password().isOverAt(clock.instant())) {
      audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "initial password is over");
      return new Authentication.InitialPasswordOver(user);
    }
    User known =
        renewed
            .filter(hash -> stores.users().rehash(user.id(), verified, hash))
            .map(hash -> user.with(user.password().rehashed(hash)))
            .orElse(user);
    audit(stores, user, AuditAction.USER_AUTHENTICATED, "");
    return new Authentication.Authenticated(known);
  }

  private void audit(AccessStores stores, User user, AuditAction action, String detail) {
    audit(stores, user.userId(), Optional.of(user.id()), action, detail);
  }

  private void audit(
      AccessStores stores,
      UserId userId,
      Optional<SubscriberId> id,
      AuditAction action,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, userId.value()),
                action,
                id,
                Optional.empty(),
                detail));
  }
}
