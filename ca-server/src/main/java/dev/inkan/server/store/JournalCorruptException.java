package dev.inkan.server.store;

import java.nio.file.Path;

/**
 * The journal is not as it was written, or is another one's. The file has not been touched and the
 * process must not issue.
 */
public final class JournalCorruptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long line;

  JournalCorruptException(Path path, long line, String what) {
    super(
        "journal "
            + path
            + ", line "
            + line
            + ": "
            + what
            + ". Do not delete or edit the file: it may hold revocations the database has lost."
            + " Check node.name and the paths in the configuration; else restore the journal from"
            + " its newest copy and start again");
    this.line = line;
  }

  /** Counted from 1, the header being line 1. */
  public long line() {
    return line;
  }
}
