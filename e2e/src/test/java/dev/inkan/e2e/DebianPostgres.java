package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's PostgreSQL programs; as root they run as its own user, since the server refuses root.
 */
final class DebianPostgres {

  static final String SUPERUSER = "postgres";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path programs;
  private final Optional<UserPrincipal> user;

  private DebianPostgres(Path programs, Optional<UserPrincipal> user) {
    this.programs = programs;
    this.user = user;
  }

  /** The newest that is installed. */
  static DebianPostgres newest() {
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      Path newest =
          versions
              .filter(it -> Files.isExecutable(it.resolve("bin/pg_basebackup")))
              .max(Comparator.comparingInt(it -> Integer.parseInt(it.getFileName().toString())))
              .orElseThrow(() -> new AssertionError("no PostgreSQL in " + INSTALLED));
      boolean root = System.getProperty("user.name").equals("root");
      return new DebianPostgres(
          newest.resolve("bin"),
          root
              ? Optional.of(
                  newest
                      .getFileSystem()
                      .getUserPrincipalLookupService()
                      .lookupPrincipalByName(SUPERUSER))
              : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("Debian's package postgresql is needed", e);
    }
  }

  /** Runs one program to its end. */
  void run(String program, String... arguments) {
    List<String> command = new ArrayList<>(asItsUser());
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Command.run(PATIENCE, command).orFail();
  }

  /** Starts a program that runs on, its output in {@code log}; found on the path. */
  Process begin(Path log, String program, String... arguments) {
    List<String> command = new ArrayList<>(asItsUser());
    command.add(program);
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(program + " is needed", e);
    }
  }

  /** Where its programs are. */
  Path folder() {
    return programs;
  }

  /** Removes a folder that {@link #newFolder} made, and what is in it. */
  void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> asItsUser() {
    return user.isPresent()
        ? List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--init-groups")
        : List.of();
  }

  /** A folder of its user's alone, where that user can reach it, which a test's own is not. */
  Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("inkan-e2e-postgresql-");
      if (user.isPresent()) {
        Files.getFileAttributeView(folder, PosixFileAttributeView.class).setOwner(user.get());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
