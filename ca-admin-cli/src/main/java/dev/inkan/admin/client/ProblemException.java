package dev.inkan.admin.client;

import dev.inkan.core.api.Problem;
import dev.inkan.core.api.ProblemType;
import java.util.Optional;

/**
 * The server did not do it and said why. For a command that is the end: an exception, so that each
 * of some fifty calls need not hand it up.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** What the server said. */
  public Problem problem() {
    return problem;
  }

  /** Its type, unless a newer server made it up. */
  public Optional<ProblemType> type() {
    return ProblemType.ofUri(problem.type());
  }
}
