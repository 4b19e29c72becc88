package dev.inkan.admin.command;

import java.util.List;

/** A command that ends before its end, for a reason of its own; nothing was changed. */
public final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitStatus;
  private final transient List<String> tryNext;

  public StoppedException(int exitStatus, String message, String... tryNext) {
    super(message);
    this.exitStatus = exitStatus;
    this.tryNext = List.of(tryNext);
  }

  int exitStatus() {
    return exitStatus;
  }

  List<String> tryNext() {
    return tryNext;
  }
}
