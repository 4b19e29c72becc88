package dev.inkan.server.backup;

import dev.inkan.core.certificate.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder where backups lie that were made by themselves, each with its server and its time in
 * its name. Files with other names are left alone. Thread-safe.
 *
 * @param path need not be there yet
 */
public record BackupFolder(Path path) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern NAME =
      Pattern.compile("inkan-(?<node>.+)-(?<time>[0-9]{8}T[0-9]{6}Z)\\.backup");

  /** Where the backup goes that {@code node} begins at {@code at}. */
  Path fileOf(NodeName node, Instant at) {
    return path.resolve("inkan-" + node.value() + "-" + TIME.format(at) + ".backup");
  }

  /** The same of one that has its own occasion, and is never deleted by itself. */
  public Path fileOf(String occasion, NodeName node, Instant at) {
    return path.resolve(
        "inkan-" + occasion + "-" + node.value() + "-" + TIME.format(at) + ".backup");
  }

  /** What an attempt of {@code node} left that was killed. */
  List<Path> unfinished(NodeName node) {
    return files()
        .filter(it -> it.getFileName().toString().startsWith("inkan-" + node.value() + "-2"))
        .filter(it -> it.getFileName().toString().endsWith(Backup.UNFINISHED))
        .toList();
  }

  /**
   * When the newest was begun, whichever server made it: several may share the folder.
   *
   * @throws BackupException if the folder cannot be read
   */
  public Optional<Instant> newest() {
    return files().map(BackupFolder::time).flatMap(Optional::stream).max(Instant::compareTo);
  }

  /** Those of {@code node}, the oldest first. */
  List<Path> of(NodeName node) {
    return files()
        .filter(
            file -> {
              Matcher name = NAME.matcher(file.getFileName().toString());
              return name.matches() && name.group("node").equals(node.value());
            })
        .sorted()
        .toList();
  }

  private Stream<Path> files() {
    if (!Files.isDirectory(path)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new BackupException("the folder " + path + " cannot be read", e);
    }
  }

  private static Optional<Instant> time(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TIME.parse(name.group("time"), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty(); // somebody's own name
    }
  }
}
