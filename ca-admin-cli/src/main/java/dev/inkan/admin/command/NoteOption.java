package dev.inkan.admin.command;

import dev.inkan.core.api.Note;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --note}. */
public final class NoteOption {

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      order = 24,
      description = "Why: kept with it and in the audit log.")
  private @Nullable String text;

  /** The note, which may be empty. */
  public Note note() {
    return new Note(Optional.ofNullable(text));
  }
}
