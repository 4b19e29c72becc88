package dev.inkan.server.registration.account;

import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;

/** Between ⑤ and ⑥: what became of choosing a password of one's own (C5). */
public sealed interface ChoiceOutcome {

  /** It is the user's password now; the browser carries on with this token. */
  record Chosen(SessionToken token) implements ChoiceOutcome {}

  /** It is the initial password once more. */
  record SameAsInitial() implements ChoiceOutcome {}

  /** No password has to be chosen at this point of the flow: it was already, or not yet. */
  record NotDue() implements ChoiceOutcome {}

  /** The initial password ended in the meantime. */
  record InitialPasswordOver(User user) implements ChoiceOutcome {}

  /** Too much hashing at this moment; nothing was changed. */
  record Busy() implements ChoiceOutcome {}

  /** The session is over, because of time, another tab, or another password set by somebody. */
  record NoSession() implements ChoiceOutcome {}
}
