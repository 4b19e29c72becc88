package dev.inkan.server.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question that may hang: asked in another thread, waited for no longer than asked,
 * and kept for a while, so that nobody can wear anything out by asking. While one question hangs no
 * second one is asked. Safe for use by several threads.
 *
 * @param <T> what is answered
 */
final class BoundedAnswer<T> {

  private final Supplier<T> question;
  private final Duration fresh;
  private final Executor threads;
  private final AtomicReference<@Nullable Asked<T>> current = new AtomicReference<>();

  private record Asked<T>(CompletableFuture<T> answer, long at) {

    boolean isOver(Duration fresh) {
      return answer.isDone() && System.nanoTime() - at > fresh.toNanos();
    }
  }

  /**
   * @param question must not throw
   * @param fresh how long an answer is kept
   */
  BoundedAnswer(Supplier<T> question, Duration fresh, Executor threads) {
    this.question = question;
    this.fresh = fresh;
    this.threads = threads;
  }

  /** Has the question asked, unless it is being asked or the answer is fresh. */
  void ask() {
    Asked<T> before = current.get();
    if (before == null || before.isOver(fresh)) {
      Asked<T> next = new Asked<>(new CompletableFuture<>(), System.nanoTime());
      if (current.compareAndSet(before, next)) {
        threads.execute(() -> answer(next));
      }
    }
  }

  private void answer(Asked<T> asked) {
    try {
      asked.answer().complete(question.get());
    } catch (RuntimeException e) {
      asked.answer().completeExceptionally(e);
    }
  }

  /**
   * The answer to what was {@link #ask}ed, waited for until {@code deadline}.
   *
   * @param deadline by {@link System#nanoTime}
   * @return empty if there is none by then
   */
  Optional<T> until(long deadline) {
    Asked<T> asked = current.get();
    if (asked == null) {
      return Optional.empty();
    }
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return Optional.of(asked.answer().get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question threw", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The last answer there is, without waiting; a new question is asked if that is not fresh. */
  Optional<T> last() {
    Asked<T> before = current.get();
    ask();
    Asked<T> asked = current.get();
    Asked<T> answered = asked != null && asked.answer().isDone() ? asked : before;
    return answered != null
            && answered.answer().isDone()
            && !answered.answer().isCompletedExceptionally()
        ? Optional.ofNullable(answered.answer().getNow(null))
        : Optional.empty();
  }
}
