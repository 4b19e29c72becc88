package dev.inkan.server;

/** How a command ends, beside 2 for wrong usage and 78 for a configuration that cannot work. */
final class ExitStatus {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int NOT_FOUND = 3;
  static final int REFUSED = 4;

  private ExitStatus() {}
}
