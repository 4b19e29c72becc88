package dev.inkan.server.store;

/**
 * Ledger and journal cannot both be right, and the program cannot know which is. Nothing has been
 * changed, and the process must not issue.
 */
public final class LedgerContradictionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerContradictionException(String what) {
    super(what);
  }
}
