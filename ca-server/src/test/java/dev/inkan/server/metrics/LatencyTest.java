package dev.inkan.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("What is measured on the way costs next to nothing")
final class LatencyTest {

  private static final int ROUNDS = 20_000;

  @Test
  @Tag("S13")
  @DisplayName("S13: to note an OCSP answer's time allocates nothing")
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    try (Metrics metrics = new Metrics()) {
      Latency latency =
          metrics.latency("inkan.test", "A test", Duration.ofMillis(1), Duration.ofSeconds(1));
      note(latency); // what is made once
      long before = threads.getThreadAllocatedBytes(self);
      note(latency);
      long perRound = (threads.getThreadAllocatedBytes(self) - before) / ROUNDS;

      assertThat(perRound).isZero();
      assertThat(latency.count()).isEqualTo(2L * ROUNDS);
      assertThat(metrics.scrape()).contains("inkan_test_seconds_bucket{le=\"1.0\"} " + 2 * ROUNDS);
    }
  }

  private static void note(Latency latency) {
    for (int round = 0; round < ROUNDS; round++) {
      latency.since(System.nanoTime());
    }
  }
}
