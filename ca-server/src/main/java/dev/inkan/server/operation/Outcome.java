package dev.inkan.server.operation;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of something an operator asked for. */
public sealed interface Outcome<T> {

  /** It is done, or found. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It is not done. */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  static <T> Outcome<T> found(Optional<T> value, Supplier<Refusal> otherwise) {
    return value.<Outcome<T>>map(Done::new).orElseGet(() -> new Refused<>(otherwise.get()));
  }

  /** What is made of it, if it is done. */
  default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
    if (this instanceof Done<T> done) {
      return next.apply(done.value());
    }
    return new Refused<>(((Refused<T>) this).refusal());
  }
}
