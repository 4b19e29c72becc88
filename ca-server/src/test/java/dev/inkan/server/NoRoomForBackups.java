package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A process for which the disk is full: the kernel lets it write no file longer than some octets.
 */
final class NoRoomForBackups {

  /** Less than the backup and less than the database in it, more than a key. */
  private static final String LITTLE = "16384";

  private static final String ENOUGH = "unlimited";

  private NoRoomForBackups() {}

  /** Arguments: an installation, a backup of it, its passphrase file, an empty folder. */
  public static void main(String[] arguments) throws Exception {
    Path config = Path.of(arguments[0]).resolve("inkan.yaml");
    String passphrase = "--passphrase-file=" + arguments[2];
    Path empty = Path.of(arguments[3]);
    Path older = Files.writeString(empty.resolve("older.backup"), "older");
    Path place = Files.createDirectory(empty.resolve("place"));
    Path into = Files.copy(config, place.resolve("inkan.yaml"));
    Path made = empty.resolve("new.backup");

    leave(LITTLE);
    StringWriter said = new StringWriter();
    assertThat(run(said, "backup", made.toString(), passphrase, "--config=" + config)).isEqualTo(1);
    assertThat(said.toString()).contains("error: ", "where it needs room").doesNotContain("\tat ");
    assertThat(run(said, "restore", arguments[1], passphrase, "--config=" + into)).isEqualTo(1);
    assertThat(said.toString())
        .contains("cannot be unpacked into", "Nothing was changed")
        .doesNotContain("\tat ");
    assertThat(names(place)).containsExactly("inkan.yaml");
    assertThat(names(empty)).containsExactlyInAnyOrder("older.backup", "place");
    assertThat(older).hasContent("older");

    leave(ENOUGH);
    assertThat(run(said, "restore", arguments[1], passphrase, "--config=" + into)).isZero();
  }

  private static int run(StringWriter said, String... arguments) {
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
    PrintWriter out = new PrintWriter(said, true);
    line.setOut(out).setErr(out);
    int status = line.execute(arguments);
    System.out.println(said);
    return status;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }

  private static void leave(String octets) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "prlimit",
                "--pid",
                Long.toString(ProcessHandle.current().pid()),
                "--fsize=" + octets + ":")
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
