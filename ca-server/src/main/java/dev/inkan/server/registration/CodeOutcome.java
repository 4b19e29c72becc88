package dev.inkan.server.registration;

/** ⑤: what became of a code. */
public sealed interface CodeOutcome {

  /** It is right; the browser carries on with this token. */
  record Accepted(SessionToken token) implements CodeOutcome {}

  /** It is wrong; so many tries are left. */
  record Wrong(int triesLeft) implements CodeOutcome {}

  /** Too many wrong codes: this one no longer counts, and the flow starts again at ④. */
  record Voided() implements CodeOutcome {}

  /** Its 30 minutes are over. */
  record Expired() implements CodeOutcome {}

  /** It has been accepted before. */
  record AlreadyAccepted() implements CodeOutcome {}

  /** The session is over, or belongs to no application. */
  record NoSession() implements CodeOutcome {}
}
