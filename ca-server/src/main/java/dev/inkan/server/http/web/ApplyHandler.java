package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.http.web.view.IssueLoginView;
import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.application.ApplyOutcome;
import dev.inkan.server.registration.application.CertificateApplications;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/** ④ 電子証明書発行 ユーザー認証 (B3-B11). */
final class ApplyHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final CertificateApplications applications;
  private final JapaneseDates dates;

  ApplyHandler(
      Visits visits, Screens screens, CertificateApplications applications, JapaneseDates dates) {
    this.visits = visits;
    this.screens = screens;
    this.applications = applications;
    this.dates = dates;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (ctx.method().equals(HandlerType.POST)) {
      apply(ctx, visit, WebGuards.form(ctx));
    } else {
      screens.show(ctx, new IssueLoginView(visit.page(), "", List.of()));
    }
  }

  private void apply(Context ctx, Visit visit, Form form) {
    try (Credentials credentials = Credentials.of(form)) {
      List<Problem> problems = credentials.problems(form);
      if (!problems.isEmpty()) {
        screens.show(ctx, new IssueLoginView(visit.page(), credentials.typed(), problems));
        return;
      }
      ApplyOutcome outcome =
          applications.apply(
              credentials.userId().orElseThrow(), credentials.password().orElseThrow(), ctx.ip());
      answer(ctx, visit, credentials, outcome);
    }
  }

  private void answer(Context ctx, Visit visit, Credentials credentials, ApplyOutcome outcome) {
    if (outcome instanceof ApplyOutcome.CodeSent sent) {
      SessionCookie.write(ctx, sent.token());
      Screens.goTo(ctx, "/issue/code");
    } else if (outcome instanceof ApplyOutcome.NotAuthenticated not
        && not.result() instanceof Authentication.InitialPasswordOver over) {
      screens.refuse(
          ctx,
          visit.page(),
          InitialPasswordEnd.atIssue(Step.USER_AUTHENTICATION, over.user(), dates));
    } else if (outcome instanceof ApplyOutcome.NotAuthenticated not
        && not.result() instanceof Authentication.OrganisationClosed) {
      screens.refuse(ctx, visit.page(), IssueRefusals.organisationClosed(Step.USER_AUTHENTICATION));
    } else if (outcome instanceof ApplyOutcome.NotAuthenticated not) {
      List<Problem> problem = List.of(Credentials.problem(not.result()));
      screens.show(ctx, new IssueLoginView(visit.page(), credentials.typed(), problem));
    } else if (outcome instanceof ApplyOutcome.NotAllowed not) {
      screens.refuse(ctx, visit.page(), refusal(not.decision()));
    } else if (outcome instanceof ApplyOutcome.TooManyCodes) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codesExhausted());
    } else {
      throw new AssertionError(outcome);
    }
  }

  private Refusal refusal(IssuanceDecision decision) {
    return decision.fold(
        granted -> {
          throw new IllegalArgumentException("granted");
        },
        early ->
            IssueRefusals.tooEarly(
                dates.date(early.validity().notAfter()), dates.date(early.renewalOpens())),
        progress -> IssueRefusals.inProgress());
  }
}
