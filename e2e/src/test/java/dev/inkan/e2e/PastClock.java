package dev.inkan.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs whose clock is behind, by Debian's libfaketime. */
final class PastClock {

  private PastClock() {}

  /** What stands before {@code java}. */
  static List<String> launcher(Duration behind) {
    List<String> line = new ArrayList<>(List.of("env"));
    environment(behind).forEach((name, value) -> line.add(name + "=" + value));
    return line;
  }

  /**
   * The library is loaded directly, because the program {@code faketime} stays in front of what it
   * starts and a signal would end only itself. Waits stay real.
   */
  static Map<String, String> environment(Duration behind) {
    String offset = "-" + behind.toSeconds() + "s";
    String library =
        Command.run("faketime", "-f", offset, "printenv", "LD_PRELOAD").orFail().output().strip();
    return Map.of(
        "LD_PRELOAD",
        library,
        "FAKETIME",
        offset,
        "FAKETIME_DISABLE_SHM",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
