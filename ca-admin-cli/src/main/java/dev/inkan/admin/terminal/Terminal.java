package dev.inkan.admin.terminal;

import java.io.PrintWriter;
import java.util.Optional;

/** Where a command reads and writes. */
public interface Terminal {

  /** Results. */
  PrintWriter out();

  /** Everything else: questions, notes, errors, progress. */
  PrintWriter err();

  /** Whether people read {@link #out}. */
  boolean outIsTerminal();

  /** Whether people read {@link #err}. */
  boolean errIsTerminal();

  /** Whether {@link #out} takes colours. */
  boolean coloursOut();

  /** Whether {@link #err} takes colours. */
  boolean coloursErr();

  /** How many columns it has; 0 where nobody knows, as in a pipe. */
  int columns();

  /** The answer to a question, or nothing if there is nobody to ask. */
  Optional<String> ask(String question);

  /** The answer, typed unseen; the caller wipes it. Nothing if there is nobody to ask. */
  Optional<char[]> askSecretly(String question);
}
