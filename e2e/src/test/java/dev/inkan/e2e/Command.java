package dev.inkan.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, with a limit. */
final class Command {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How a program ended, and everything it wrote to both of its outputs. */
  record Outcome(int exit, String output) {

    Outcome orFail() {
      if (exit != 0) {
        throw new AssertionError("exit status " + exit + ":\n" + output);
      }
      return this;
    }
  }

  private Command() {}

  static Outcome run(String... command) {
    return run(Map.of(), List.of(command));
  }

  static Outcome run(Map<String, String> environment, List<String> command) {
    return run(LIMIT, environment, command);
  }

  /** What may take longer than the others. */
  static Outcome run(Duration limit, List<String> command) {
    return run(limit, Map.of(), command);
  }

  private static Outcome run(
      Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("inkan-e2e-", ".out");
      try {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        return await(limit, command, process, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command.get(0) + ": is it installed?", e);
    }
  }

  private static Outcome await(Duration limit, List<String> command, Process process, Path output)
      throws IOException {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(command.get(0) + " did not end within " + limit);
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
