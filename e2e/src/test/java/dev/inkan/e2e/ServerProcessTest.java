package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

  private static final List<String> GENTLE =
      List.of(
          "sh",
          "-c",
          "trap 'echo bye; exit 3' TERM; echo starting; echo ready 8443; while :; do sleep 1 >/dev/null 2>&1 & wait; done");

  @Test
  void waitsForTheReadyLineAndTerminatesGently() {
    try (var server = ServerProcess.start(GENTLE, line -> line.startsWith("ready"))) {
      assertThat(server.line(line -> line.startsWith("ready"))).contains("ready 8443");
      assertThat(server.terminate()).isEqualTo(3);
      assertThat(server.log()).contains("starting", "bye");
    }
  }

  @Test
  void killRunsNoHook() {
    try (var server = ServerProcess.start(GENTLE, line -> line.startsWith("ready"))) {
      server.kill();
      assertThat(server.isAlive()).isFalse();
      assertThat(server.log()).doesNotContain("bye");
    }
  }

  @Test
  void aServerThatEndsBeforeItIsReadySaysWhy() {
    assertThatThrownBy(
            () -> ServerProcess.start(List.of("sh", "-c", "echo no key; exit 1"), line -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no key");
  }
}
