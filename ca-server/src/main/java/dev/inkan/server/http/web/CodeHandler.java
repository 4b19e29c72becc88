package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.CodeView;
import dev.inkan.server.http.web.view.CodeView.Resend;
import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.application.CodeOutcome;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.secret.VerificationCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** ⑤ 認証コード入力 (B12, B13). */
final class CodeHandler implements Handler {

  private static final int LONGEST_SHOWN = 20;

  private final Visits visits;
  private final Screens screens;
  private final CertificateApplications applications;
  private final OpenApplication open;
  private final Cancellation cancellation;
  private final JapaneseDates dates;
  private final Clock clock;

  CodeHandler(
      Visits visits,
      Screens screens,
      CertificateApplications applications,
      Cancellation cancellation,
      JapaneseDates dates,
      Clock clock) {
    this.visits = visits;
    this.screens = screens;
    this.applications = applications;
    this.open = new OpenApplication(applications);
    this.cancellation = cancellation;
    this.dates = dates;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (!ctx.method().equals(HandlerType.POST)) {
      show(ctx, visit, "", false, List.of());
    } else if (WebGuards.form(ctx).has("resend")) {
      resend(ctx, visit);
    } else if (!cancellation.handles(ctx, visit, "/issue")) {
      enter(ctx, visit, WebGuards.form(ctx).trimmed("code"));
    }
  }

  private void enter(Context ctx, Visit visit, String typed) {
    Optional<VerificationCode> code = VerificationCode.parse(typed);
    if (code.isEmpty()) {
      Problem problem = typed.isEmpty() ? Problem.codeMissing() : Problem.codeMalformed();
      String shown = typed.length() > LONGEST_SHOWN ? "" : typed;
      show(ctx, visit, shown, false, List.of(problem));
      return;
    }
    CodeOutcome outcome = applications.enterCode(visit.token(), code.get(), ctx.ip());
    if (outcome instanceof CodeOutcome.Accepted accepted) {
      SessionCookie.write(ctx, accepted.token());
      Screens.goTo(ctx, accepted.passwordDue() ? "/issue/password" : "/issue/confirm");
    } else if (outcome instanceof CodeOutcome.Wrong wrong) {
      show(ctx, visit, "", false, List.of(Problem.codeWrong(wrong.triesLeft())));
    } else if (outcome instanceof CodeOutcome.Voided) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codeVoid());
    } else if (outcome instanceof CodeOutcome.Locked locked) {
      String until = dates.clock(locked.until(), clock.instant());
      screens.refuse(ctx, visit.page(), IssueRefusals.lockedByCodes(until));
    } else if (outcome instanceof CodeOutcome.Blocked) {
      screens.refuse(ctx, visit.page(), IssueRefusals.blockedByCodes());
    } else if (outcome instanceof CodeOutcome.Expired) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codeExpired());
    } else if (outcome instanceof CodeOutcome.AlreadyAccepted) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codeUsed());
    } else {
      throw RequestFailure.sessionExpired(WayBack.ISSUE);
    }
  }

  private void resend(Context ctx, Visit visit) {
    ResendOutcome outcome = applications.resend(visit.token());
    if (outcome instanceof ResendOutcome.Resent) {
      show(ctx, visit, "", true, List.of());
    } else if (outcome instanceof ResendOutcome.TooSoon soon) {
      String opens = dates.clock(soon.opensAt(), clock.instant());
      show(ctx, visit, "", false, List.of(Problem.resendTooSoon(opens)));
    } else {
      show(ctx, visit, "", false, List.of());
    }
  }

  private void show(
      Context ctx, Visit visit, String typed, boolean justSent, List<Problem> problems) {
    ApplicationView view = open.of(visit);
    Instant now = clock.instant();
    Instant ends = view.application().code().expiresAt();
    ApplicationState state = view.application().state();
    if (state == ApplicationState.CODE_VOID || state == ApplicationState.CANCELLED) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codeVoid());
    } else if (state != ApplicationState.CODE_SENT) {
      Screens.goTo(ctx, "/issue/confirm");
    } else if (!now.isBefore(ends)) {
      screens.refuse(ctx, visit.page(), IssueRefusals.codeExpired());
    } else {
      String address = view.user().mail().masked();
      String until = dates.clock(ends, now);
      Resend resend = resendState(view, now, justSent);
      screens.show(ctx, new CodeView(visit.page(), typed, address, until, resend, problems));
    }
  }

  private Resend resendState(ApplicationView view, Instant now, boolean justSent) {
    Instant opens = applications.resendOpensAt(view.application().code());
    if (justSent) {
      return Resend.justSent(dates.clock(opens, now));
    }
    return now.isBefore(opens) ? Resend.waitUntil(dates.clock(opens, now)) : Resend.open();
  }
}
