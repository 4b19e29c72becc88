package dev.inkan.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tokens of SoftHSM 2 in a folder of this process's own, made before its library is loaded. It
 * finds them by the file that the environment variable SOFTHSM2_CONF names, which the build sets.
 */
public final class SoftHsm {

  /** The library, as Debian installs it. */
  public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

  /** A token's label, and its PIN. */
  public static final String LABEL = "inkan";

  public static final String PIN = "12345678";

  /** The label of two tokens. */
  public static final String TWIN = "twin";

  private static final SoftHsm MADE = new SoftHsm();

  private final Path tokens;
  private final Path token;

  private SoftHsm() {
    try {
      Path configuration =
          Path.of(
              Optional.ofNullable(System.getenv("SOFTHSM2_CONF"))
                  .orElseThrow(() -> new IllegalStateException("SOFTHSM2_CONF is not set")));
      tokens = Files.createTempDirectory(configuration.toAbsolutePath().getParent(), "tokens-");
      Files.writeString(
          configuration,
          String.join(
              "\n",
              "directories.tokendir = " + tokens,
              "objectstore.backend = file",
              "log.level = ERROR",
              "slots.removable = false",
              ""));
      token = make(LABEL);
      var unused = List.of(make(TWIN), make(TWIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path make(String label) throws IOException {
    List<Path> before = folders();
    Process process =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--pin",
                PIN,
                "--so-pin",
                "87654321")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return folders().stream().filter(it -> !before.contains(it)).findFirst().orElseThrow();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(tokens)) {
      return all.toList();
    }
  }

  /** Makes sure that the tokens are there. */
  public static void start() {
    if (!Files.isDirectory(MADE.tokens)) {
      throw new IllegalStateException("the tokens were deleted");
    }
  }

  /** Takes the token {@link #LABEL} out of its slot while {@code action} runs. */
  public static void without(Action action) throws Exception {
    Path away = MADE.tokens.resolveSibling(MADE.tokens.getFileName() + ".away");
    Files.move(MADE.token, away);
    try {
      action.run();
    } finally {
      Files.move(away, MADE.token);
    }
  }

  /** Something that may fail. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }
}
