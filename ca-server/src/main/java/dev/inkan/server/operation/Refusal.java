package dev.inkan.server.operation;

import dev.inkan.core.api.FieldProblem;
import dev.inkan.core.api.ProblemType;
import java.util.List;

/**
 * Why an act was not done. Nothing was changed, unless {@code detail} says so.
 *
 * @param detail a sentence for the operator; never a secret
 * @param tryNext what to do instead
 */
public record Refusal(
    ProblemType type, String detail, List<String> tryNext, List<FieldProblem> fields) {

  public Refusal {
    tryNext = List.copyOf(tryNext);
    fields = List.copyOf(fields);
  }

  /** A refusal of {@code type}. */
  public static Refusal of(ProblemType type, String detail, String... tryNext) {
    return new Refusal(type, detail, List.of(tryNext), List.of());
  }

  /** A field of the request that cannot be taken. */
  public static Refusal field(String field, String wrong) {
    return new Refusal(
        ProblemType.INVALID_VALUE,
        field + " " + wrong,
        List.of(),
        List.of(new FieldProblem(field, wrong)));
  }

  static Refusal notFound(String what, String name, String tryNext) {
    return of(ProblemType.NOT_FOUND, "there is no " + what + " " + name, tryNext);
  }
}
