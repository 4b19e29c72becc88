package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A Debian of its own with systemd as its first process and the network of this machine: a folder
 * that debootstrap fills, started by systemd-nspawn. Needs root. For one thread.
 */
final class DebianSystem implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // It downloads and unpacks a system.
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Path root;
  private Optional<Process> machine = Optional.empty();

  private DebianSystem(Path root) {
    this.root = root;
  }

  /** A minimal one with nothing of ours in it, neither Java. */
  static DebianSystem make(Path folder) {
    Command.run(
            LONG,
            List.of(
                "debootstrap",
                "--variant=minbase",
                "--include=systemd,systemd-sysv,dbus,ca-certificates",
                "bookworm",
                folder.toString()))
        .orFail();
    // Where packages come from is this machine's affair, as the answers to questions are.
    for (String list : List.of("/etc/apt/sources.list", "/etc/apt/sources.list.d")) {
      if (Files.exists(Path.of(list))) {
        Command.run("cp", "-r", list, folder.resolve("etc/apt").toString()).orFail();
      }
    }
    return new DebianSystem(folder);
  }

  /** A file's place as this machine sees it. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  /** Copies {@code from} into its folder {@code /var/tmp}, and returns the path inside. */
  String bring(Path from) {
    try {
      Path name = from.getFileName();
      Files.copy(from, root.resolve("var/tmp").resolve(name), StandardCopyOption.REPLACE_EXISTING);
      return "/var/tmp/" + name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command while the system is off. */
  Command.Outcome runOff(String... command) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "systemd-nspawn",
                "--quiet",
                "--register=no",
                "--keep-unit",
                "--pipe",
                "--resolv-conf=copy-host",
                "--setenv=DEBIAN_FRONTEND=noninteractive",
                "--directory=" + root));
    line.addAll(Arrays.asList(command));
    return Command.run(LONG, line);
  }

  /** Starts it, and waits until systemd says that it runs. */
  void boot() {
    try {
      machine =
          Optional.of(
              new ProcessBuilder(
                      "systemd-nspawn",
                      "--register=no",
                      "--keep-unit",
                      "--boot",
                      "--console=pipe",
                      "--directory=" + root)
                  .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("systemd")
        .atMost(PATIENCE)
        .until(
            () ->
                first().isPresent()
                    && run("systemctl", "is-system-running")
                        .output()
                        .matches("(?s)(running|degraded).*"));
  }

  /** Runs a command in it. */
  Command.Outcome run(String... command) {
    ProcessHandle first = first().orElseThrow(() -> new AssertionError("the system does not run"));
    List<String> line =
        new ArrayList<>(List.of("nsenter", "--target=" + first.pid(), "--all", "--"));
    line.addAll(Arrays.asList(command));
    return Command.run(LONG, line);
  }

  /** Its first process, as this machine counts. */
  private Optional<ProcessHandle> first() {
    return machine.flatMap(it -> it.descendants().filter(DebianSystem::isSystemd).findFirst());
  }

  private static boolean isSystemd(ProcessHandle process) {
    return process.info().command().filter(it -> it.endsWith("/systemd")).isPresent();
  }

  @Override
  public void close() {
    machine.ifPresent(
        it -> {
          // As if somebody pulled the plug: what is to be kept was looked at before.
          first().ifPresent(ProcessHandle::destroyForcibly);
          it.destroy();
          it.onExit().join();
        });
    Command.run(LONG, List.of("rm", "-rf", "--one-file-system", root.toString())).orFail();
  }
}
