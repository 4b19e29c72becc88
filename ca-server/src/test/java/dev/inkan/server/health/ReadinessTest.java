package dev.inkan.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.testing.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Readiness tries every part and never hangs itself")
final class ReadinessTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final MutableClock clock = new MutableClock(NOON);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());

  private Readiness readiness(Duration fresh, Part... parts) {
    return new Readiness(List.of(parts), clock, fresh, Duration.ofMillis(200));
  }

  private Part watched() {
    return new Part(
        "watched",
        () -> {
          asked.incrementAndGet();
          return fault.get();
        });
  }

  @Test
  @Tag("S13")
  @DisplayName("However often it is asked, a part is tried once in a while")
  void kept() {
    try (Readiness readiness = readiness(Duration.ofHours(1), watched())) {
      for (int i = 0; i < 100; i++) {
        assertThat(readiness.parts().get(0).isUp()).isTrue();
      }
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  @DisplayName("It tells since when a part is up or down")
  void since() {
    try (Readiness readiness = readiness(Duration.ZERO, watched())) {
      assertThat(readiness.parts())
          .containsExactly(new PartState("watched", NOON, Optional.empty()));
      clock.advance(Duration.ofMinutes(1));
      fault.set(Optional.of("broken"));
      Instant broke = NOON.plusSeconds(60);
      assertThat(readiness.parts())
          .containsExactly(new PartState("watched", broke, Optional.of("broken")));
      clock.advance(Duration.ofMinutes(1));
      fault.set(Optional.of("still broken"));
      assertThat(readiness.parts())
          .containsExactly(new PartState("watched", broke, Optional.of("still broken")));
      assertThat(readiness.isUp("watched")).contains(false);
    }
  }

  @Test
  @Tag("S13")
  @DisplayName(
      "A part that hangs is down after the deadline, is not asked twice, and may come back")
  void hangs() {
    CountDownLatch go = new CountDownLatch(1);
    Part hanging =
        new Part(
            "hanging",
            () -> {
              asked.incrementAndGet();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            });
    Part sound = new Part("sound", Optional::empty);
    try (Readiness readiness = readiness(Duration.ofMillis(1), hanging, sound)) {
      for (int i = 0; i < 3; i++) {
        List<PartState> parts = readiness.parts();
        assertThat(parts.get(0).fault()).contains("no answer within 200 ms");
        assertThat(parts.get(1).isUp()).isTrue();
      }
      assertThat(asked).hasValue(1);
      go.countDown();
      await().until(() -> readiness.parts().get(0).isUp());
    }
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: what an exception says is told only where it was written for operators")
  void secrets() {
    Part unforeseen =
        new Part(
            "unforeseen",
            () -> {
              throw new IllegalStateException("password=secret");
            });
    Part foreseen =
        new Part(
            "foreseen",
            () -> {
              throw new StoreUnavailableException("the database is gone", new IOException("x"));
            });
    try (Readiness readiness = readiness(Duration.ZERO, unforeseen, foreseen)) {
      List<PartState> parts = readiness.parts();
      assertThat(parts.get(0).fault()).contains("IllegalStateException");
      assertThat(parts.get(1).fault()).contains("the database is gone");
    }
  }
}
