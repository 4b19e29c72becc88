package dev.inkan.server.registration.access;

import dev.inkan.server.registration.secret.SessionToken;

/** What became of a log-in with certificate, user ID and password (C6). */
public sealed interface LoginOutcome {

  /** All three belong together; the browser carries on with this token. */
  record LoggedIn(SessionToken token) implements LoginOutcome {}

  /** The user ID and password did not pass. Never {@code Authenticated}. */
  record NotAuthenticated(Authentication result) implements LoginOutcome {}

  /** They passed, but the certificate is another user's. */
  record CertificateOfSomebodyElse() implements LoginOutcome {}
}
