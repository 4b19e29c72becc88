package dev.inkan.server;

import dev.inkan.server.config.InkanConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --pdf FILE}, the same for every command that ends in a letter. */
final class LetterOption {

  @Option(
      names = "--pdf",
      paramLabel = "FILE",
      description = "Also writes the letter as a PDF to post: a new file, for its owner alone.")
  private Optional<Path> pdf = Optional.empty();

  /** Makes the file, if one was asked for, before anything is changed. */
  LetterDelivery open(InkanConfig config, CommandLine line) {
    return new LetterDelivery(config, pdf.map(LetterFile::reserve), line);
  }
}
