package dev.inkan.server.metrics;

import dev.inkan.core.audit.AuditAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why something was refused, in one of few words: a label must neither grow with the users nor tell
 * of one. What the audit trail says beyond that is {@code other}.
 *
 * @param action one of the audit trail's refusals
 * @param reason such as {@code wrong-password}
 */
record RefusalReason(AuditAction action, String reason) {

  private static final String OTHER = "other";

  private static final Set<AuditAction> REFUSALS =
      Set.of(
          AuditAction.ISSUE_REFUSED,
          AuditAction.AUTHENTICATION_FAILED,
          AuditAction.CODE_REFUSED,
          AuditAction.LOGIN_REFUSED,
          AuditAction.REGISTRATION_REFUSED,
          AuditAction.ADMINISTRATION_REFUSED,
          AuditAction.OPERATION_REFUSED);

  /** How a detail of the audit trail begins, and what it is called. */
  private record Wording(AuditAction action, String begin, String reason) {}

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording(AuditAction.ISSUE_REFUSED, "valid certificate", "renewal-not-open"),
          new Wording(AuditAction.ISSUE_REFUSED, "another certificate", "being-issued"),
          new Wording(AuditAction.ISSUE_REFUSED, "at user authentication", "at-the-beginning"),
          new Wording(AuditAction.AUTHENTICATION_FAILED, "wrong password", "wrong-password"),
          new Wording(AuditAction.AUTHENTICATION_FAILED, "locked or blocked", "locked"),
          new Wording(AuditAction.AUTHENTICATION_FAILED, "no such user", "no-such-user"),
          new Wording(AuditAction.AUTHENTICATION_FAILED, "organisation", "organisation-suspended"),
          new Wording(
              AuditAction.AUTHENTICATION_FAILED, "initial password", "initial-password-over"),
          new Wording(AuditAction.CODE_REFUSED, "tries left", "wrong-code"),
          new Wording(AuditAction.CODE_REFUSED, "new address; tries left", "wrong-code"),
          new Wording(AuditAction.CODE_REFUSED, "no code", "no-code-awaited"),
          new Wording(AuditAction.CODE_REFUSED, "new address; no code", "no-code-awaited"),
          new Wording(AuditAction.CODE_REFUSED, "too many codes", "too-many-codes"),
          new Wording(AuditAction.LOGIN_REFUSED, "another's certificate", "anothers-certificate"),
          new Wording(AuditAction.REGISTRATION_REFUSED, "the letter lapsed", "letter-lapsed"),
          new Wording(AuditAction.REGISTRATION_REFUSED, "the user ID is taken", "user-id-taken"));

  /** Those that a server can name, each once. */
  static List<RefusalReason> known() {
    return WORDINGS.stream()
        .map(wording -> new RefusalReason(wording.action(), wording.reason()))
        .distinct()
        .toList();
  }

  /** The reason, if {@code action} is a refusal. */
  static Optional<RefusalReason> of(AuditAction action, String detail) {
    if (!REFUSALS.contains(action)) {
      return Optional.empty();
    }
    String reason =
        WORDINGS.stream()
            .filter(it -> it.action() == action && detail.startsWith(it.begin()))
            .map(Wording::reason)
            .findFirst()
            .orElse(OTHER);
    return Optional.of(new RefusalReason(action, reason));
  }
}
