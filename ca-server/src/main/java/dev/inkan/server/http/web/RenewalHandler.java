package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RenewalRefusals;
import dev.inkan.server.http.web.view.RenewalView;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.LoggedInUser;
import dev.inkan.server.registration.certificate.CertificateRenewal;
import dev.inkan.server.registration.certificate.RenewalOutcome;
import dev.inkan.server.registration.secret.LoginPassword;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;

/** 電子証明書の更新 by who is logged in with the certificate: the password alone (A3, C7). */
final class RenewalHandler implements LoggedIn.Screen {

  private final Screens screens;
  private final CertificateRenewal renewal;
  private final JapaneseDates dates;

  RenewalHandler(Screens screens, CertificateRenewal renewal, JapaneseDates dates) {
    this.screens = screens;
    this.renewal = renewal;
    this.dates = dates;
  }

  @Override
  public void handle(Context ctx, Visit visit, LoggedInUser user) {
    if (ctx.method().equals(HandlerType.POST)) {
      renew(ctx, visit, user, WebGuards.form(ctx));
    } else {
      show(ctx, visit, user);
    }
  }

  private void show(Context ctx, Visit visit, LoggedInUser user) {
    if (user.renewal() instanceof IssuanceDecision.Granted) {
      show(ctx, visit, user, List.of());
    } else {
      screens.refuse(ctx, visit.page(), refusal(user.renewal(), user.hasNewer()));
    }
  }

  private void show(Context ctx, Visit visit, LoggedInUser user, List<Problem> problems) {
    screens.show(
        ctx,
        new RenewalView(
            visit.page(),
            user.user().userId().value(),
            dates.date(user.certificate().validity().notAfter()),
            problems));
  }

  private void renew(Context ctx, Visit visit, LoggedInUser user, Form form) {
    char[] typed = form.value("password").toCharArray();
    Optional<LoginPassword> password = LoginPassword.parse(typed);
    if (password.isEmpty()) {
      boolean missing = typed.length == 0;
      show(
          ctx,
          visit,
          user,
          List.of(missing ? Problem.passwordMissing() : Problem.passwordMalformed()));
      return;
    }
    try (LoginPassword given = password.get()) {
      LogIn.Presented presented = visit.presented().orElseThrow();
      answer(ctx, visit, user, renewal.renew(visit.token(), presented, given, ctx.ip()));
    }
  }

  private void answer(Context ctx, Visit visit, LoggedInUser user, RenewalOutcome outcome) {
    if (outcome instanceof RenewalOutcome.Opened opened) {
      SessionCookie.write(ctx, opened.token());
      Screens.goTo(ctx, "/issue/confirm");
    } else if (outcome instanceof RenewalOutcome.NotAuthenticated not) {
      show(ctx, visit, user, List.of(Credentials.passwordProblem(not.result())));
    } else if (outcome instanceof RenewalOutcome.NotAllowed not) {
      screens.refuse(ctx, visit.page(), refusal(not.decision(), not.hasNewer()));
    } else if (outcome instanceof RenewalOutcome.PasswordDue) {
      Screens.goTo(ctx, LoggedIn.CHANGE_PASSWORD);
    } else if (outcome instanceof RenewalOutcome.NotLoggedIn) {
      Screens.goTo(ctx, "/login");
    } else {
      throw new AssertionError(outcome);
    }
  }

  private Refusal refusal(IssuanceDecision decision, boolean hasNewer) {
    return decision.fold(
        granted -> {
          throw new IllegalArgumentException("granted");
        },
        early -> {
          String lastDay = dates.date(early.validity().notAfter());
          String opens = dates.date(early.renewalOpens());
          return hasNewer
              ? RenewalRefusals.done(lastDay, opens)
              : RenewalRefusals.tooEarly(lastDay, opens);
        },
        progress -> RenewalRefusals.underWay());
  }
}
