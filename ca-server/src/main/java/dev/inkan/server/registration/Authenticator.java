package dev.inkan.server.registration;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks user IDs and passwords, for the issue flow and the log-in alike, with one counter (B7,
 * B8).
 *
 * <p>The attempt is taken from the user before the password is looked at; a locked, blocked or
 * unknown user costs the same hash and gets the same answer. Safe for several threads.
 */
public final class Authenticator {

  private final Transactions<RegistrationStores> transactions;
  private final PasswordHasher hasher;
  private final HashingGate gate;
  private final SourceBudget budget;
  private final LockoutPolicy policy;
  private final Clock clock;

  public Authenticator(
      Transactions<RegistrationStores> transactions,
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
  public Authentication authenticate(UserId userId, LoginPassword password, String source) {
    if (!budget.admit(source)) {
      return new Authentication.SourceOverBudget();
    }
    return gate.pass(() -> attempt(userId, password)).orElseGet(Authentication.Busy::new);
  }

  private Authentication attempt(UserId userId, LoginPassword password) {
    Optional<Reserved> reserved = transactions.inTransaction(stores -> reserve(stores, userId));
    if (reserved.isEmpty()) {
      hasher.verifyForStranger(password);
      return new Authentication.Refused();
    }
    User user = reserved.get().user();
    if (!hasher.verify(password, user.password())) {
      transactions.inTransaction(stores -> wrong(stores, reserved.get()));
      return new Authentication.Refused();
    }
    Optional<PasswordHash> renewed =
        hasher.isOutdated(user.password()) ? Optional.of(hasher.hash(password)) : Optional.empty();
    transactions.inTransaction(stores -> right(stores, user, renewed));
    return new Authentication.Authenticated(user);
  }

  private record Reserved(User user, Attempts lock) {}

  private Optional<Reserved> reserve(RegistrationStores stores, UserId userId) {
    Instant now = clock.instant();
    Optional<User> user = stores.users().find(userId);
    return user.flatMap(
        known -> {
          Optional<Attempts> lock = stores.users().reserveAttempt(known.id(), now, policy);
          if (lock.isEmpty()) {
            audit(stores, known, AuditAction.AUTHENTICATION_FAILED, "locked or blocked");
          }
          return lock.map(it -> new Reserved(known, it));
        });
  }

  private boolean wrong(RegistrationStores stores, Reserved reserved) {
    User user = reserved.user();
    audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "wrong password");
    Attempts lock = reserved.lock();
    if (lock.blocked()) {
      audit(stores, user, AuditAction.USER_BLOCKED, "lock " + lock.locks());
      notify(stores, user, new Notice.Blocked(user.userId(), user.role()));
    } else if (lock.refusesAt(clock.instant())) {
      audit(stores, user, AuditAction.USER_LOCKED, "lock " + lock.locks());
      Instant until = lock.lockedUntil().orElseThrow();
      notify(stores, user, new Notice.Locked(user.userId(), policy.maximumFailures(), until));
    }
    return true;
  }

  private boolean right(RegistrationStores stores, User user, Optional<PasswordHash> renewed) {
    stores.users().clearAttempts(user.id());
    renewed.ifPresent(hash -> stores.users().replacePassword(user.id(), hash));
    audit(stores, user, AuditAction.USER_AUTHENTICATED, "");
    return true;
  }

  private static void notify(RegistrationStores stores, User user, Notice notice) {
    stores.outbox().add(user.id(), user.mail(), notice, Optional.empty());
  }

  private void audit(RegistrationStores stores, User user, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                action,
                Optional.of(user.id()),
                Optional.empty(),
                detail));
  }
}
