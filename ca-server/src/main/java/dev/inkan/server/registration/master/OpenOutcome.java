package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.InvitationAnswer;
import dev.inkan.server.registration.secret.SessionToken;

/** What became of a login ID and an initial password at マスターユーザー初期登録ログイン. */
public sealed interface OpenOutcome {

  /** They are right; the browser carries on with this token. */
  record Opened(SessionToken token) implements OpenOutcome {}

  /** They did not pass. Never {@code Admitted}. */
  record NotAdmitted(InvitationAnswer answer) implements OpenOutcome {}
}
