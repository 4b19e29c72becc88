package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.LoggedInUser;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;

/**
 * The gate before every screen behind the log-in: it lets pass who is logged in with a password of
 * their own, sends to the change of password who came with one that somebody else set (C5), and all
 * others to the log-in.
 */
final class LoggedIn {

  static final String CHANGE_PASSWORD = "/home/password";

  private final Visits visits;
  private final LogIn logIn;

  LoggedIn(Visits visits, LogIn logIn) {
    this.visits = visits;
    this.logIn = logIn;
  }

  /** A screen behind the log-in. */
  @FunctionalInterface
  interface Screen {
    void handle(Context ctx, Visit visit, LoggedInUser user);
  }

  /** {@code screen} behind the gate. */
  Handler pass(Screen screen) {
    return ctx -> {
      Visit visit = visits.of(ctx);
      pass(ctx, visit).ifPresent(user -> screen.handle(ctx, visit, user));
    };
  }

  /** The change of password: the one screen that who came with an initial password reaches. */
  Handler passWithAnyPassword(Screen screen) {
    return ctx -> {
      Visit visit = visits.of(ctx);
      passWithAnyPassword(ctx, visit).ifPresent(user -> screen.handle(ctx, visit, user));
    };
  }

  /**
   * Who is logged in with a password of their own, or nobody, who is on the way elsewhere then.
   *
   * @throws RequestFailure if a form came too late: whoever sent it has to know that nothing was
   *     done
   */
  Optional<LoggedInUser> pass(Context ctx, Visit visit) {
    Optional<LoggedInUser> found = passWithAnyPassword(ctx, visit);
    if (found.filter(user -> user.user().password().isInitial()).isPresent()) {
      Screens.goTo(ctx, CHANGE_PASSWORD);
      return Optional.empty();
    }
    return found;
  }

  private Optional<LoggedInUser> passWithAnyPassword(Context ctx, Visit visit) {
    Optional<LoggedInUser> found =
        visit.presented().flatMap(presented -> logIn.find(visit.token(), presented));
    if (found.isEmpty() && ctx.method().equals(HandlerType.POST)) {
      throw RequestFailure.sessionExpired(WayBack.LOGIN);
    }
    if (found.isEmpty()) {
      Screens.goTo(ctx, "/login");
    }
    return found;
  }
}
