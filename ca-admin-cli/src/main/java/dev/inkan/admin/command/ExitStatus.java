package dev.inkan.admin.command;

import dev.inkan.core.api.ProblemType;
import java.util.Optional;

/** How a command ends. */
public final class ExitStatus {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int REFUSED = 4;
  public static final int UNREACHABLE = 5;

  /** What a shell says of a program that Ctrl-C stopped. */
  public static final int INTERRUPTED = 130;

  /** What a shell says of a program whose reader went away. */
  public static final int NOBODY_READS = 141;

  private ExitStatus() {}

  /** The status for a refusal; of one whose type is too new to be known, by its HTTP status. */
  static int of(Optional<ProblemType> type, int httpStatus) {
    return type.map(ExitStatus::of).orElse(httpStatus / 100 == 4 ? REFUSED : FAILED);
  }

  private static int of(ProblemType type) {
    return switch (type) {
      case MALFORMED_REQUEST,
          INVALID_VALUE,
          METHOD_NOT_ALLOWED,
          TOO_LARGE,
          UNSUPPORTED_MEDIA,
          HEADER_TOO_LARGE ->
          USAGE;
      case NOT_FOUND -> NOT_FOUND;
      case NOT_AN_OPERATOR,
          CREDENTIAL_EXPIRED,
          CREDENTIAL_REVOKED,
          OPERATOR_DISABLED,
          ROLE_MISSING,
          OWN_REQUEST,
          SECOND_OPERATOR_REQUIRED,
          WRONG_STATE,
          TAKEN,
          NOT_SERVED_HERE ->
          REFUSED;
      case FAILED, BUSY, UNAVAILABLE -> FAILED;
    };
  }
}
