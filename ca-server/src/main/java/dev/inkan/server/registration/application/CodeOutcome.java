package dev.inkan.server.registration.application;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.SessionToken;
import java.time.Instant;

/** ⑤: what became of a code. */
public sealed interface CodeOutcome {

  /**
   * It is right; the browser carries on with this token.
   *
   * @param passwordDue whether the user has to choose a password next (C5)
   */
  record Accepted(SessionToken token, boolean passwordDue) implements CodeOutcome {}

  /** It is wrong; so many tries are left. */
  record Wrong(int triesLeft) implements CodeOutcome {}

  /** Too many wrong codes: this one no longer counts, and the flow starts again at ④. */
  record Voided() implements CodeOutcome {}

  /** As {@link Voided}, and too often in a row: the user is locked until then. */
  record Locked(Instant until) implements CodeOutcome {}

  /** As {@link Voided}, and this lock was one too many: the user is blocked. */
  record Blocked() implements CodeOutcome {}

  /** What a lock that a void code brought means to the visitor. */
  static CodeOutcome locked(Attempts lock) {
    return lock.blocked() ? new Blocked() : new Locked(lock.lockedUntil().orElseThrow());
  }

  /** Its 30 minutes are over. */
  record Expired() implements CodeOutcome {}

  /** It has been accepted before. */
  record AlreadyAccepted() implements CodeOutcome {}

  /** The session is over, or belongs to no application. */
  record NoSession() implements CodeOutcome {}
}
