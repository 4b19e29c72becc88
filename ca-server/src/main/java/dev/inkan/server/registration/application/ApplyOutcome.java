package dev.inkan.server.registration.application;

import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.secret.SessionToken;

/** ④: what became of applying for a certificate. */
public sealed interface ApplyOutcome {

  /** The code is on its way; the browser carries on with this token. */
  record CodeSent(SessionToken token) implements ApplyOutcome {}

  /** The user ID and password did not pass. Never {@code Authenticated}. */
  record NotAuthenticated(Authentication result) implements ApplyOutcome {}

  /** B11: the user may not have a certificate now. Never {@code Granted}. */
  record NotAllowed(IssuanceDecision decision) implements ApplyOutcome {}

  /** The user has asked for too many codes today. */
  record TooManyCodes(int perDay) implements ApplyOutcome {}
}
