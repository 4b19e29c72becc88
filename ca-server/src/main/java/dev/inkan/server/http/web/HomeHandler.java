package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.HomeView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.registration.LogIn;
import dev.inkan.server.registration.LoggedInUser;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a logged-in user sees of their certificate (C7). */
final class HomeHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final LogIn logIn;
  private final Days days;

  /** Counts days by the bank's calendar. */
  record Days(ZoneId zone, JapaneseDates dates, Clock clock) {
    long until(Instant notAfter) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
      return ChronoUnit.DAYS.between(today, LocalDate.ofInstant(notAfter, zone));
    }
  }

  HomeHandler(Visits visits, Screens screens, LogIn logIn, Days days) {
    this.visits = visits;
    this.screens = screens;
    this.logIn = logIn;
    this.days = days;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    Optional<LoggedInUser> found =
        visit.presented().flatMap(presented -> logIn.find(visit.token(), presented));
    if (found.isEmpty()) {
      Screens.goTo(ctx, "/login");
      return;
    }
    LoggedInUser it = found.get();
    Instant notAfter = it.certificate().validity().notAfter();
    screens.show(
        ctx,
        new HomeView(
            visit.page(),
            it.user().userId().value(),
            it.user().organisation().name(),
            days.dates().date(notAfter),
            days.until(notAfter),
            days.dates().date(it.renewalOpens()),
            it.renewalOpen()));
  }
}
