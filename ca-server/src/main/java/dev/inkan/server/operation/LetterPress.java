package dev.inkan.server.operation;

import dev.inkan.core.api.Letter;
import dev.inkan.server.registration.invitation.IssuedInvitation;

/** Makes the letter to a master user ready to print. */
@FunctionalInterface
public interface LetterPress {

  /**
   * The letter. The caller closes what it was made of.
   *
   * @param first whether it is the organisation's first
   */
  Letter print(IssuedInvitation invitation, boolean first);
}
