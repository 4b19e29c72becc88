package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RegisterRefusals;
import dev.inkan.server.http.web.view.RegisterView;
import dev.inkan.server.registration.invitation.InvitationAnswer;
import dev.inkan.server.registration.invitation.InvitationLapse;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.OpenOutcome;
import dev.inkan.server.registration.secret.LoginPassword;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** マスターユーザー初期登録ログイン: login ID and initial password (C2). */
final class RegisterHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final MasterRegistrations registrations;

  RegisterHandler(Visits visits, Screens screens, MasterRegistrations registrations) {
    this.visits = visits;
    this.screens = screens;
    this.registrations = registrations;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (ctx.method().equals(HandlerType.POST)) {
      open(ctx, visit, WebGuards.form(ctx));
    } else {
      show(ctx, visit, "", List.of());
    }
  }

  private void open(Context ctx, Visit visit, Form form) {
    String typed = form.shown("loginId");
    Optional<LoginId> loginId = LoginId.parse(form.trimmed("loginId"));
    Optional<LoginPassword> password =
        LoginPassword.parse(form.trimmed("initialPassword").toCharArray());
    List<Problem> problems = problems(form, loginId.isPresent(), password.isPresent());
    if (!problems.isEmpty()) {
      password.ifPresent(LoginPassword::close);
      show(ctx, visit, typed, problems);
      return;
    }
    try (LoginPassword initial = password.orElseThrow()) {
      OpenOutcome outcome = registrations.open(loginId.orElseThrow(), initial, ctx.ip());
      if (outcome instanceof OpenOutcome.Opened opened) {
        SessionCookie.write(ctx, opened.token());
        Screens.goTo(ctx, "/register/details");
      } else if (outcome instanceof OpenOutcome.NotAdmitted not) {
        refuse(ctx, visit, typed, not.answer());
      } else {
        throw new AssertionError(outcome);
      }
    }
  }

  private static List<Problem> problems(Form form, boolean loginId, boolean password) {
    List<Problem> problems = new ArrayList<>();
    if (!loginId) {
      problems.add(
          form.trimmed("loginId").isEmpty()
              ? RegisterProblems.loginIdMissing()
              : RegisterProblems.loginIdMalformed());
    }
    if (!password) {
      problems.add(
          form.trimmed("initialPassword").isEmpty()
              ? RegisterProblems.initialPasswordMissing()
              : RegisterProblems.initialPasswordMalformed());
    }
    return problems;
  }

  private void refuse(Context ctx, Visit visit, String typed, InvitationAnswer answer) {
    if (answer instanceof InvitationAnswer.Refused) {
      show(ctx, visit, typed, List.of(RegisterProblems.wrongInvitation()));
    } else if (answer instanceof InvitationAnswer.SourceOverBudget) {
      show(ctx, visit, typed, List.of(Problem.tooManyAttempts()));
    } else if (answer instanceof InvitationAnswer.Busy) {
      show(ctx, visit, typed, List.of(Problem.busy()));
    } else if (answer instanceof InvitationAnswer.Lapsed lapsed) {
      screens.refuse(ctx, visit.page(), refusal(lapsed.why()));
    } else {
      throw new AssertionError(answer);
    }
  }

  private static Refusal refusal(InvitationLapse why) {
    return switch (why) {
      case USED -> RegisterRefusals.used();
      case EXPIRED -> RegisterRefusals.expired();
      case REPLACED -> RegisterRefusals.replaced();
      case ORGANISATION_CLOSED -> RegisterRefusals.organisationClosed();
    };
  }

  /** The same for somebody who had the letter a moment ago. */
  static Refusal refusalMeanwhile(InvitationLapse why) {
    return why == InvitationLapse.USED ? RegisterRefusals.usedMeanwhile() : refusal(why);
  }

  private void show(Context ctx, Visit visit, String typed, List<Problem> problems) {
    screens.show(ctx, new RegisterView(visit.page(), typed, problems));
  }
}
