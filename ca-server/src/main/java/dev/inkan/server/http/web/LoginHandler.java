package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.LoginRefusals;
import dev.inkan.server.http.web.view.LoginView;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.LoginOutcome;
import dev.inkan.server.tls.ClientCertificate;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;

/** ログイン (C6): certificate, user ID and password must belong together. */
final class LoginHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final LogIn logIn;
  private final JapaneseDates dates;

  LoginHandler(Visits visits, Screens screens, LogIn logIn, JapaneseDates dates) {
    this.visits = visits;
    this.screens = screens;
    this.logIn = logIn;
    this.dates = dates;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    Optional<LogIn.Presented> presented = visit.presented();
    if (presented.isEmpty()) {
      // Known from TLS alone, so it tells nothing about any user.
      screens.refuse(ctx, visit.page(), refusal(visit.certificate()));
    } else if (ctx.method().equals(HandlerType.POST)) {
      logIn(ctx, visit, presented.get(), WebGuards.form(ctx));
    } else {
      screens.show(ctx, new LoginView(visit.page(), "", List.of()));
    }
  }

  private void logIn(Context ctx, Visit visit, LogIn.Presented presented, Form form) {
    try (Credentials credentials = Credentials.of(form)) {
      List<Problem> problems = credentials.problems(form);
      if (!problems.isEmpty()) {
        screens.show(ctx, new LoginView(visit.page(), credentials.typed(), problems));
        return;
      }
      LoginOutcome outcome =
          logIn.logIn(
              credentials.userId().orElseThrow(),
              credentials.password().orElseThrow(),
              presented,
              ctx.ip());
      answer(ctx, visit, credentials, outcome);
    }
  }

  private void answer(Context ctx, Visit visit, Credentials credentials, LoginOutcome outcome) {
    if (outcome instanceof LoginOutcome.LoggedIn loggedIn) {
      SessionCookie.write(ctx, loggedIn.token());
      Screens.goTo(ctx, "/home");
    } else if (outcome instanceof LoginOutcome.NotAuthenticated not
        && not.result() instanceof Authentication.InitialPasswordOver over) {
      screens.refuse(ctx, visit.page(), InitialPasswordEnd.atLogin(over.user(), dates));
    } else if (outcome instanceof LoginOutcome.NotAuthenticated not
        && not.result() instanceof Authentication.OrganisationClosed) {
      screens.refuse(ctx, visit.page(), LoginRefusals.organisationClosed());
    } else if (outcome instanceof LoginOutcome.NotAuthenticated not) {
      List<Problem> problem = List.of(Credentials.problem(not.result()));
      screens.show(ctx, new LoginView(visit.page(), credentials.typed(), problem));
    } else if (outcome instanceof LoginOutcome.CertificateOfSomebodyElse) {
      screens.refuse(ctx, visit.page(), LoginRefusals.somebodyElses());
    } else {
      throw new AssertionError(outcome);
    }
  }

  private Refusal refusal(ClientCertificate certificate) {
    if (certificate instanceof ClientCertificate.Expired expired) {
      return LoginRefusals.expired(dates.date(expired.entry().validity().notAfter()));
    } else if (certificate instanceof ClientCertificate.Revoked) {
      return LoginRefusals.revoked();
    } else if (certificate instanceof ClientCertificate.Foreign) {
      return LoginRefusals.foreign();
    }
    return LoginRefusals.noCertificate();
  }
}
