package dev.inkan.core.issue;

import dev.inkan.core.certificate.SerialNumber;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate would break its profile. Nothing was signed with a key that counts. */
public final class LintViolationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<LintViolation> violations;

  public LintViolationException(SerialNumber serialNumber, List<LintViolation> violations) {
    super(
        "certificate "
            + serialNumber
            + " breaks its profile: "
            + violations.stream().map(LintViolation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** All of them, not the first alone. */
  public List<LintViolation> violations() {
    return violations;
  }
}
