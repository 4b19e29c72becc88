package dev.inkan.server.registration.access;

import dev.inkan.server.registration.user.User;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of a user ID and password. */
public sealed interface Authentication {

  /** They are right. */
  record Authenticated(User user) implements Authentication {}

  /**
   * No such user, wrong password, locked or blocked: nobody is told which (S1). The user is told of
   * a lock by mail.
   */
  record Refused() implements Authentication {}

  /** The source address has used up its budget; nothing was counted against the user. */
  record SourceOverBudget() implements Authentication {}

  /** Too many log-ins at this moment; nothing was counted. */
  record Busy() implements Authentication {}

  /**
   * They are right, but somebody else set the password and its time is over (C5): it opens nothing.
   */
  record InitialPasswordOver(User user) implements Authentication {}

  /**
   * They are right, but the bank suspended or closed the user's organisation: nobody of it comes
   * in.
   */
  record OrganisationClosed(User user) implements Authentication {}

  /** Folds the result into one value; every caller names every outcome. */
  default <R> R fold(
      Function<User, R> authenticated,
      Supplier<R> refused,
      Supplier<R> sourceOverBudget,
      Supplier<R> busy,
      Function<User, R> initialPasswordOver,
      Function<User, R> organisationClosed) {
    if (this instanceof Authenticated it) {
      return authenticated.apply(it.user());
    } else if (this instanceof Refused) {
      return refused.get();
    } else if (this instanceof SourceOverBudget) {
      return sourceOverBudget.get();
    } else if (this instanceof Busy) {
      return busy.get();
    } else if (this instanceof InitialPasswordOver it) {
      return initialPasswordOver.apply(it.user());
    } else if (this instanceof OrganisationClosed it) {
      return organisationClosed.apply(it.user());
    }
    throw new AssertionError(this);
  }
}
