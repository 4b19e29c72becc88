package dev.inkan.server.registration.application;

import java.time.Instant;

/** ⑤: what became of asking for the mail again. */
public sealed interface ResendOutcome {

  /** The same code is on its way again. */
  record Resent() implements ResendOutcome {}

  /** The last mail is too fresh; ask again from {@code opensAt} on. */
  record TooSoon(Instant opensAt) implements ResendOutcome {}

  /** There is no code to send: the session is over, or the code is void, expired or used. */
  record NoCode() implements ResendOutcome {}
}
