package dev.inkan.server.registration.administration;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What became of something a master user wanted to see or do (C4).
 *
 * @param <T> what it came to, if it was theirs to do
 */
public sealed interface Administered<T> {

  /** The master user was in the right. */
  record Done<T>(T value) implements Administered<T> {}

  /**
   * No general user of the master user's organisation has this user ID: it is unknown, removed,
   * another organisation's or a master user's. Nobody is told which.
   */
  record NoSuchUser<T>() implements Administered<T> {}

  /** Who asks is no master user, or no longer. */
  record NotAMaster<T>() implements Administered<T> {}

  /** Folds the result into one value; every caller names every outcome. */
  default <R> R fold(Function<T, R> done, Supplier<R> noSuchUser, Supplier<R> notAMaster) {
    if (this instanceof Done<T> it) {
      return done.apply(it.value());
    } else if (this instanceof NoSuchUser<T>) {
      return noSuchUser.get();
    } else if (this instanceof NotAMaster<T>) {
      return notAMaster.get();
    }
    throw new AssertionError(this);
  }
}
