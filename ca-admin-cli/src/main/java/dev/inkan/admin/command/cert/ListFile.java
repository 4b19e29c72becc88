package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.StoppedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** A file with one thing a line; empty lines and what follows # do not count. */
final class ListFile {

  private static final Path PIPE = Path.of("-");

  private ListFile() {}

  /** The lines that count; none without a file. */
  static List<String> lines(@Nullable Path file) {
    if (file == null) {
      return List.of();
    }
    try (BufferedReader reader = open(file)) {
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    return file.equals(PIPE)
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(file);
  }

  private static StoppedException unreadable(Path file, Exception cause) {
    StoppedException stopped =
        new StoppedException(
            ExitStatus.USAGE, file + " cannot be read as UTF-8", "check its name and its owner");
    stopped.initCause(cause);
    return stopped;
  }

  /** A line as a serial number. */
  static SerialArgument serial(String line) {
    try {
      return SerialArgument.parse(line);
    } catch (TypeConversionException e) {
      StoppedException stopped =
          new StoppedException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
      stopped.initCause(e);
      throw stopped;
    }
  }
}
