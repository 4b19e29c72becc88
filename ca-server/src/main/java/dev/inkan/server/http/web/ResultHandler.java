package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.ResultView;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.IssuedFile;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Instant;

/** ⑧ 発行結果 (B16, B17). */
final class ResultHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenApplication open;
  private final JapaneseDates dates;
  private final Clock clock;

  ResultHandler(
      Visits visits, Screens screens, OpenApplication open, JapaneseDates dates, Clock clock) {
    this.visits = visits;
    this.screens = screens;
    this.open = open;
    this.dates = dates;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    ApplicationView view = open.of(visit);
    switch (view.application().state()) {
      case ISSUED -> show(ctx, visit, view);
      case FAILED -> screens.refuse(ctx, visit.page(), IssueRefusals.issueFailed());
      case ISSUING, CONFIRMED, PASSWORD_DUE, CODE_SENT, CODE_VOID, CANCELLED ->
          Screens.goTo(ctx, "/issue/progress");
    }
  }

  private void show(Context ctx, Visit visit, ApplicationView view) {
    IssuedFile file = view.application().file().orElseThrow();
    Instant now = clock.instant();
    String until = dates.clock(file.until(), now);
    if (!now.isBefore(file.until()) || file.sealed().isEmpty()) {
      screens.refuse(ctx, visit.page(), IssueRefusals.fileGone(until));
      return;
    }
    String lastDay = dates.date(view.certificate().orElseThrow().validity().notAfter());
    String userId = view.user().userId().value();
    screens.show(ctx, new ResultView(visit.page(), userId, lastDay, file.name(), until));
  }
}
