package dev.inkan.core.api;

import java.util.List;

/**
 * Why something was not done (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@link ProblemType#uri()}
 * @param detail a sentence for the operator; never a secret
 * @param requestNumber the number of the request in the server's log
 * @param tryNext what to do instead; may be empty
 * @param fields what is wrong with which field of the body or the query; may be empty
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String requestNumber,
    List<String> tryNext,
    List<FieldProblem> fields) {
  public Problem {
    tryNext = List.copyOf(tryNext);
    fields = List.copyOf(fields);
  }
}
