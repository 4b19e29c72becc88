package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The server is killed again and again while certificates are issued. {@code -Dinkan.kill.rounds=N}
 * and {@code -Dinkan.kill.seed=N} change and repeat a run.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {

  @TempDir private Path folder;

  @Test
  @Tag("A8")
  @Tag("S8")
  @Tag("S9")
  @DisplayName("kill -9 at random moments: ledger, journal and every file handed out agree")
  void nothingIsLostAndNothingIsDouble() {
    int rounds = KillHarness.rounds();
    long start = System.nanoTime();
    try (KillInstallation installation = KillInstallation.make(folder, rounds)) {
      KillHarness.Report report = new KillHarness(installation).run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf("kill harness: %s in %d s%n", report, took.toSeconds());
      assertThat(report.contradictions()).isEmpty();
      // The first round and the last life are not killed; else this would show nothing.
      assertThat(report.received()).isGreaterThanOrEqualTo(installation.visitors(0).size());
      assertThat(report.cutOff()).as("visitors cut off by kills").isPositive();
      assertThat(report.issuedAgain()).as("of those, issued to afterwards").isPositive();
    }
  }
}
