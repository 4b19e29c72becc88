package dev.inkan.server.store;

import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.secret.SealedSecret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of log-ins equal a small reference model ({@link LockoutModel}): wrong, right
 * and replaced passwords, void and right codes, unlocking, clocks that jump, attempts that overlap
 * and attempts that were taken and never settled, which count as wrong.
 *
 * <p>The seed is printed. To repeat a run: {@code -Dinkan.histories.seed=...}; the message of a
 * failure names the one history as well. {@code -Dinkan.histories.memory=100000} and {@code
 * -Dinkan.histories.database=N} run more of them on each database.
 */
final class LockoutHistoriesTest {

  private static final int IN_MEMORY = Integer.getInteger("inkan.histories.memory", 10_000);
  private static final int IN_A_DATABASE = Integer.getInteger("inkan.histories.database", 500);
  private static final Instant BEGIN = Instant.parse("2026-11-22T01:02:03.456Z");

  private final long seed =
      Long.getLong("inkan.histories.seed", new Random().nextInt(1, Integer.MAX_VALUE));

  @Test
  @Tag("B7")
  @Tag("B8")
  @Tag("B9")
  @Tag("B10")
  @DisplayName("B7-B10: random histories equal the reference model")
  void inMemory() {
    System.out.println(IN_MEMORY + " histories, -Dinkan.histories.seed=" + seed);
    IntStream.range(0, IN_MEMORY).parallel().forEach(this::inMemory);
  }

  private void inMemory(int number) {
    LockoutHistory history = new LockoutHistory(seed + number, new MutableClock(BEGIN));
    MemoryUser user =
        new MemoryUser(history.user(), history.codes(), mail -> history.mailed(mail.notice()));
    run(history, number, user);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("B7")
  @Tag("B8")
  @Tag("B9")
  @Tag("B10")
  @DisplayName("B7-B10: some of the same histories in a database equal the reference model")
  void inADatabase(Engine engine, @TempDir Path folder) {
    System.out.println(
        IN_A_DATABASE + " histories on " + engine + ", -Dinkan.histories.seed=" + seed);
    try (Bed bed = new Bed(engine, folder)) {
      for (int i = 0; i < IN_A_DATABASE; i++) {
        MutableClock clock = new MutableClock(BEGIN);
        LockoutHistory history = new LockoutHistory(seed + i, clock);
        JdbiTransactions transactions =
            new JdbiTransactions(
                bed.database,
                (number, language, notice) -> {
                  history.mailed(notice);
                  return SealedSecret.copyOf(new byte[] {1});
                },
                clock);
        bed.run(stores -> stores.users().add(history.user()));
        run(history, i, transactions);
      }
    }
  }

  private void run(
      LockoutHistory history, int number, Transactions<RegistrationStores> transactions) {
    try {
      history.run(transactions);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("history " + number + " of -Dinkan.histories.seed=" + seed, e);
    }
  }
}
