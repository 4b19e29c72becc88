package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.http.web.view.ConfirmView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.certificate.CertificateIssue;
import dev.inkan.server.registration.user.User;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;

/** ⑥ 発行 (B14): a double click, a reload or a second tab makes no second certificate. */
final class ConfirmHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenApplication open;
  private final CertificateIssue issue;
  private final Cancellation cancellation;
  private final Preview preview;

  /** What the screen says about the certificate to come. */
  record Preview(IssuancePolicy policy, JapaneseDates dates, Clock clock) {
    String lastDay() {
      return dates.date(policy.validityFrom(clock.instant()).notAfter());
    }
  }

  ConfirmHandler(
      Visits visits,
      Screens screens,
      OpenApplication open,
      CertificateIssue issue,
      Cancellation cancellation,
      Preview preview) {
    this.visits = visits;
    this.screens = screens;
    this.open = open;
    this.issue = issue;
    this.cancellation = cancellation;
    this.preview = preview;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (!ctx.method().equals(HandlerType.POST)) {
      show(ctx, visit);
    } else if (!cancellation.handles(ctx, visit, "/")) {
      issue(ctx, visit);
    }
  }

  private void issue(Context ctx, Visit visit) {
    switch (issue.begin(visit.token())) {
      case BEGUN, ALREADY_BEGUN -> Screens.goTo(ctx, "/issue/progress");
      case PASSWORD_DUE -> Screens.goTo(ctx, "/issue/password");
      case NOT_CONFIRMED -> Screens.goTo(ctx, "/issue/code");
      case NO_SESSION -> throw RequestFailure.sessionExpired(WayBack.ISSUE);
    }
  }

  private void show(Context ctx, Visit visit) {
    ApplicationView view = open.of(visit);
    switch (view.application().state()) {
      case CONFIRMED -> show(ctx, visit, view.user());
      case PASSWORD_DUE -> Screens.goTo(ctx, "/issue/password");
      case ISSUING, ISSUED, FAILED -> Screens.goTo(ctx, "/issue/progress");
      case CODE_SENT, CODE_VOID, CANCELLED -> Screens.goTo(ctx, "/issue/code");
    }
  }

  private void show(Context ctx, Visit visit, User user) {
    screens.show(
        ctx,
        new ConfirmView(
            visit.page(), user.userId().value(), user.organisation().name(), preview.lastDay()));
  }
}
