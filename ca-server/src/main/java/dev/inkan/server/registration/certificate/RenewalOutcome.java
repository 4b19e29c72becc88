package dev.inkan.server.registration.certificate;

import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.secret.SessionToken;

/** What became of a renewal proven by the certificate. */
public sealed interface RenewalOutcome {

  /** ⑥ is open, in the same log-in; the browser carries on with this token. */
  record Opened(SessionToken token) implements RenewalOutcome {}

  /** No log-in with this certificate, or it has ended. */
  record NotLoggedIn() implements RenewalOutcome {}

  /**
   * Nothing to renew: too early, renewed already, or being made. Never {@code Granted}.
   *
   * @param hasNewer whether the certificate that is in the way came after the one presented
   */
  record NotAllowed(IssuanceDecision decision, boolean hasNewer) implements RenewalOutcome {}

  /** Somebody else set the password: it is to be changed first (C5). */
  record PasswordDue() implements RenewalOutcome {}

  /** The password did not pass. Never {@code Authenticated}. */
  record NotAuthenticated(Authentication result) implements RenewalOutcome {}
}
