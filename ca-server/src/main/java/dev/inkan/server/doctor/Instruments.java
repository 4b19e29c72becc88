package dev.inkan.server.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What an examination is made with.
 *
 * @param environment variables that override the configuration
 * @param freeOctets how much room there is where a folder lies
 */
public record Instruments(
    Clock clock,
    SecureRandom random,
    Map<String, String> environment,
    ToLongFunction<Path> freeOctets) {

  /** Those of this machine. */
  public static Instruments ofThisMachine(Clock clock, SecureRandom random) {
    return new Instruments(clock, random, System.getenv(), Instruments::usable);
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
