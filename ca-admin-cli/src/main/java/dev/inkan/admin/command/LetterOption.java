package dev.inkan.admin.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --letter FILE.pdf}, the same for every command that ends in a letter. */
public final class LetterOption {

  @Option(
      names = "--letter",
      paramLabel = "FILE.pdf",
      order = 30,
      description = "Also writes the letter as a PDF to post: a new file, for its owner alone.")
  private @Nullable Path pdf;

  /** Makes the file, if one was asked for, before anything is changed. */
  public LetterDelivery open(Session session) {
    return new LetterDelivery(session, Optional.ofNullable(pdf).map(NewFile::reserve));
  }
}
