package dev.inkan.server.operation;

import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.SecondOperator;
import java.util.Locale;
import java.util.Set;

/** Who may decide on a request, and how the others are told (D5). */
final class DecisionRules {

  private DecisionRules() {}

  /** The request, if the caller may approve it or go on with it. */
  static Outcome<RevocationRequest> mayApprove(
      SecondOperator policy, Caller caller, RevocationRequest request) {
    return switch (request.state()) {
      // Approved and not done: the server stopped in between; anybody may go on.
      case APPROVED -> Outcome.done(request);
      case DONE, REJECTED -> decided(request);
      case OPEN -> {
        boolean own = request.createdBy().equals(caller.name());
        if (policy != SecondOperator.ALWAYS) {
          yield own || caller.hasOneOf(Set.of(Role.APPROVER))
              ? Outcome.done(request)
              : Outcome.refused(onlyApprovers());
        }
        if (own) {
          yield Outcome.refused(ownRequest("request " + request.number()));
        }
        yield caller.hasOneOf(Set.of(Role.APPROVER))
            ? Outcome.done(request)
            : Outcome.refused(onlyApprovers());
      }
    };
  }

  static Outcome<RevocationRequest> decided(RevocationRequest request) {
    return Outcome.refused(
        Refusal.of(
            ProblemType.WRONG_STATE,
            "request "
                + request.number()
                + " was decided before: it is "
                + request.state().name().toLowerCase(Locale.ROOT),
            "inkan-admin request show " + request.number()));
  }

  static Refusal ownRequest(String what) {
    return Refusal.of(
        ProblemType.OWN_REQUEST,
        "you recorded " + what + " yourself",
        "Another operator with the role approver decides on it.");
  }

  static Refusal onlyApprovers() {
    return Refusal.of(
        ProblemType.ROLE_MISSING,
        "another operator's request is decided by an approver",
        "Ask an operator with the role approver.");
  }
}
