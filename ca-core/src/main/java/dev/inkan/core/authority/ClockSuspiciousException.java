package dev.inkan.core.authority;

import java.time.Instant;

/**
 * The process's clock cannot be trusted, so nothing is signed. Nothing was recorded either; once
 * the clocks agree again the same request goes through.
 */
public final class ClockSuspiciousException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ClockSuspiciousException(Instant processTime, String against, Instant reference) {
    super(
        "the process's clock says "
            + processTime
            + " but "
            + against
            + " "
            + reference
            + ": set the clocks right");
  }
}
