package dev.inkan.server.registration.access;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.util.Optional;

/**
 * Locks and blocks, whatever was tried too often (B7, B8), and who is told of them (B9): the audit
 * trail and the user, once each, in the transaction of the last try. Safe for several threads.
 */
public final class Lockouts {

  private final LockoutPolicy policy;
  private final Clock clock;

  public Lockouts(LockoutPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
  }

  /** What was tried, how often in a row at most, and from which address. */
  private record Tries(Notice.Cause cause, int limit, String source) {}

  /** After a wrong password: tells of the lock if this attempt was the one that brought it. */
  void wrongPassword(AccessStores stores, User user, Attempts reserved, String source) {
    if (reserved.failures() == 0) {
      tell(
          stores,
          user,
          reserved,
          new Tries(Notice.Cause.PASSWORDS, policy.maximumFailures(), source));
    }
  }

  /**
   * Counts a code that became void, and tells of the lock if it brought one.
   *
   * @return the lock, if this code brought it
   */
  public Optional<Attempts> voidCode(
      AccessStores stores, User user, CodePolicy codes, String source) {
    int limit = codes.voidCodesUntilLocked();
    Optional<Attempts> lock =
        stores
            .users()
            .countVoidCode(user.id(), clock.instant(), limit, policy)
            .filter(counted -> counted.codes().voided() == 0);
    lock.ifPresent(it -> tell(stores, user, it, new Tries(Notice.Cause.CODES, limit, source)));
    return lock;
  }

  /** After a right code. */
  public void rightCode(AccessStores stores, User user) {
    stores.users().clearVoidCodes(user.id());
  }

  private void tell(AccessStores stores, User user, Attempts lock, Tries tries) {
    String detail =
        "lock " + lock.locks() + (tries.cause() == Notice.Cause.CODES ? " by codes" : "");
    AuditAction action = lock.blocked() ? AuditAction.USER_BLOCKED : AuditAction.USER_LOCKED;
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
    stores.outbox().add(OutgoingMail.to(user, notice(user, lock, tries)));
  }

  private static Notice notice(User user, Attempts lock, Tries tries) {
    return lock.blocked()
        ? new Notice.Blocked(
            user.userId(), user.role(), tries.cause(), lock.locks(), tries.source())
        : new Notice.Locked(
            user.userId(),
            user.role(),
            tries.cause(),
            tries.limit(),
            tries.source(),
            lock.lockedUntil().orElseThrow());
  }
}
