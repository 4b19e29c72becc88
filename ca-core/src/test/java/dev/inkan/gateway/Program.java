package dev.inkan.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine to their end. */
public final class Program {

  private static final int LIMIT_SECONDS = 180;

  /** How one ended, and what it wrote. */
  public record Outcome(int exit, String output) {

    /** This, if the program ended well. */
    public Outcome orFail() {
      if (exit != 0) {
        throw new AssertionError("exit status " + exit + ":\n" + output);
      }
      return this;
    }
  }

  private Program() {}

  /** Runs it without input. */
  public static Outcome run(List<String> command) {
    return run(command, "");
  }

  static Outcome run(List<String> command, String input) {
    try {
      Path output = Files.createTempFile("inkan-gateway-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
          // It went without reading on: its output says why.
          return end(command, process, output);
        }
        return end(command, process, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0) + ": is it installed?", e);
    }
  }

  private static Outcome end(List<String> command, Process process, Path output)
      throws IOException {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " did not end");
      }
      byte[] written = Files.readAllBytes(output);
      return new Outcome(process.exitValue(), new String(written, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
