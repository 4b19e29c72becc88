package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.RegisterDetailsView;
import dev.inkan.server.http.web.view.RegisterDetailsView.Typed;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RegisterRefusals;
import dev.inkan.server.registration.master.MasterProfile;
import dev.inkan.server.registration.master.MasterRegistration;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.SubmitOutcome;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/** マスターユーザー初期登録: user ID, password, name and address (C2). */
final class RegisterDetailsHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final MasterRegistrations registrations;
  private final OpenRegistration open;
  private final RegistrationCancellation cancellation;

  RegisterDetailsHandler(
      Visits visits,
      Screens screens,
      MasterRegistrations registrations,
      RegistrationCancellation cancellation) {
    this.visits = visits;
    this.screens = screens;
    this.registrations = registrations;
    this.open = new OpenRegistration(registrations);
    this.cancellation = cancellation;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (!ctx.method().equals(HandlerType.POST)) {
      show(ctx, visit);
    } else if (!cancellation.handles(ctx, visit)) {
      submit(ctx, visit, WebGuards.form(ctx));
    }
  }

  private void show(Context ctx, Visit visit) {
    MasterRegistration registration = open.of(visit);
    switch (registration.state()) {
      case OPENED, CODE_SENT -> show(ctx, visit, registration, known(registration), List.of());
      case DONE -> Screens.goTo(ctx, "/register/done");
      case CODE_VOID -> screens.refuse(ctx, visit.page(), RegisterRefusals.codeVoid());
      case CANCELLED -> throw OpenRegistration.over();
    }
  }

  // After an initialisation (C3) the address is left out: a wrong one is what led there as a rule.
  private static Typed known(MasterRegistration registration) {
    boolean saidHere = registration.code().isPresent();
    return registration
        .profile()
        .map(it -> new Typed(it.userId().value(), it.name(), saidHere ? it.mail().value() : ""))
        .orElse(Typed.NOTHING);
  }

  private void submit(Context ctx, Visit visit, Form form) {
    MasterRegistration registration = open.of(visit);
    try (MasterFields fields = MasterFields.of(form)) {
      List<Problem> problems = fields.problems(form);
      if (!problems.isEmpty()) {
        show(ctx, visit, registration, fields.typed(), problems);
        return;
      }
      MasterProfile profile = fields.profile().orElseThrow();
      SubmitOutcome outcome =
          registrations.submit(
              visit.token(), profile, fields.password().password().orElseThrow(), ctx.ip());
      answer(ctx, visit, registration, fields.typed(), outcome);
    }
  }

  private void answer(
      Context ctx,
      Visit visit,
      MasterRegistration registration,
      Typed typed,
      SubmitOutcome outcome) {
    if (outcome instanceof SubmitOutcome.CodeSent) {
      Screens.goTo(ctx, "/register/code");
    } else if (outcome instanceof SubmitOutcome.UserIdTaken) {
      show(ctx, visit, registration, typed, List.of(RegisterProblems.userIdTaken()));
    } else if (outcome instanceof SubmitOutcome.SamePassword) {
      show(ctx, visit, registration, typed, List.of(RegisterProblems.samePassword()));
    } else if (outcome instanceof SubmitOutcome.SourceOverBudget) {
      show(ctx, visit, registration, typed, List.of(Problem.tooManyAttempts()));
    } else if (outcome instanceof SubmitOutcome.Busy) {
      show(ctx, visit, registration, typed, List.of(Problem.busy()));
    } else if (outcome instanceof SubmitOutcome.TooManyCodes many) {
      screens.refuse(ctx, visit.page(), RegisterRefusals.codesExhausted(many.perDay()));
    } else if (outcome instanceof SubmitOutcome.Lapsed lapsed) {
      screens.refuse(ctx, visit.page(), RegisterHandler.refusalMeanwhile(lapsed.why()));
    } else {
      // A second tab, a double click: what became of the registration says where to go on.
      show(ctx, visit);
    }
  }

  private void show(
      Context ctx,
      Visit visit,
      MasterRegistration registration,
      Typed typed,
      List<Problem> problems) {
    screens.show(
        ctx,
        new RegisterDetailsView(visit.page(), registration.organisation().name(), typed, problems));
  }
}
