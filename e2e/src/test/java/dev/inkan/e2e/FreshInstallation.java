package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code init} makes, once for all tests of this JVM that do not look at {@code init} itself:
 * its keys, database and journal, copied to where they are needed.
 */
final class FreshInstallation {

  /**
   * Nothing of it is in what {@code init} makes, but for the node and the publication's address.
   */
  private static final String CONFIGURATION =
      """
      node: e2e
      web:
        public-url: https://localhost:8443
      status:
        base-url: http://localhost:8080
      mail:
        host: localhost
        security: none
        from: inkan@bank.example
      """;

  private static final FreshInstallation MADE = new FreshInstallation();

  private final Path folder;

  private FreshInstallation() {
    try {
      folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installation-");
      Path config = Files.writeString(folder.resolve("inkan.yaml"), CONFIGURATION);
      Command.run(
              Stream.concat(
                      ServerProcess.java().stream(),
                      Stream.of("init", "--config", config.toString()))
                  .toArray(String[]::new))
          .orFail();
      Files.delete(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a copy into {@code target}, beside its configuration. */
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
