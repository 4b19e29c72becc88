package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.RefusalView;
import dev.inkan.server.http.web.view.UserRefusals;
import dev.inkan.server.registration.administration.Administered;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets through logged-in master users, and says in words what is not theirs. */
final class MasterGate {

  private final Visits visits;
  private final Screens screens;
  private final LoggedIn gate;

  MasterGate(Visits visits, Screens screens, LoggedIn gate) {
    this.visits = visits;
    this.screens = screens;
    this.gate = gate;
  }

  /** What lies behind the gate. */
  interface Behind {
    void handle(Context ctx, MasterVisit visit);
  }

  Handler guard(Behind behind) {
    return ctx -> {
      Visit visit = visits.of(ctx);
      gate.pass(ctx, visit).ifPresent(it -> enter(ctx, visit, it.user(), behind));
    };
  }

  private void enter(Context ctx, Visit visit, User user, Behind behind) {
    if (user.role() == UserRole.MASTER) {
      behind.handle(ctx, new MasterVisit(visit, user));
    } else {
      screens.refuse(ctx, visit.page(), UserRefusals.notMaster());
    }
  }

  /** The user ID in the path, if it has the form of one. */
  static Optional<UserId> target(Context ctx) {
    return UserId.parse(ctx.pathParam("userId"));
  }

  /** Goes on with what a desk did, or says why it did nothing. */
  <T> void answer(Context ctx, MasterVisit visit, Administered<T> outcome, Consumer<T> done) {
    Runnable answer =
        outcome.fold(
            value -> () -> done.accept(value),
            () -> () -> unknown(ctx, visit),
            () -> () -> screens.refuse(ctx, visit.page(), UserRefusals.notMaster()));
    answer.run();
  }

  void unknown(Context ctx, MasterVisit visit) {
    screens.show(
        ctx, HttpStatus.NOT_FOUND, new RefusalView(visit.page(), UserRefusals.unknownUser()));
  }
}
