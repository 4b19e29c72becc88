package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Initialisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the real initialisation makes, once for all test servers of this JVM on H2: its keys,
 * database and journal, copied to where they are needed.
 */
final class FreshInstallation {

  private static final FreshInstallation MADE = new FreshInstallation();

  private final Path folder;

  private FreshInstallation() {
    try {
      folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installation-");
      Path file = Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
      make(file, Map.of(), Clock.systemUTC());
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes one of its own. */
  static void make(Path file, Map<String, String> environment, Clock clock) {
    InkanConfig before = ConfigFile.loadForInit(file, environment);
    new Initialisation(before, new Host(clock, new SecureRandom(), before.node())).run();
  }

  /** Puts a copy into {@code target}. */
  static void into(Path target) {
    try (Stream<Path> files = Files.walk(MADE.folder)) {
      List<Path> all = files.filter(file -> !file.equals(MADE.folder)).toList();
      for (Path file : all) {
        Files.copy(
            file, target.resolve(MADE.folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
