package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.CodeView.Resend;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.RegisterCodeView;
import dev.inkan.server.http.web.view.RegisterDetailsView;
import dev.inkan.server.http.web.view.RegisterDetailsView.Typed;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RegisterRefusals;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.master.EntryOutcome;
import dev.inkan.server.registration.master.MasterProfile;
import dev.inkan.server.registration.master.MasterRegistration;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.RegistrationCodes;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.VerificationCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** マスターユーザー初期登録: the code that proves the address (C2). */
final class RegisterCodeHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenRegistration open;
  private final RegistrationCodes codes;
  private final RegistrationCancellation cancellation;
  private final JapaneseDates dates;
  private final Clock clock;

  RegisterCodeHandler(
      Front front,
      MasterRegistrations registrations,
      RegistrationCodes codes,
      RegistrationCancellation cancellation) {
    this.visits = front.visits();
    this.screens = front.screens();
    this.open = new OpenRegistration(registrations);
    this.codes = codes;
    this.cancellation = cancellation;
    this.dates = front.dates();
    this.clock = front.clock();
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (!ctx.method().equals(HandlerType.POST)) {
      show(ctx, visit, "", false, List.of());
    } else if (WebGuards.form(ctx).has("resend")) {
      resend(ctx, visit);
    } else if (!cancellation.handles(ctx, visit)) {
      enter(ctx, visit, WebGuards.form(ctx));
    }
  }

  private void enter(Context ctx, Visit visit, Form form) {
    String typed = form.trimmed("code");
    Optional<VerificationCode> code = VerificationCode.parse(typed);
    if (code.isEmpty()) {
      Problem problem = typed.isEmpty() ? Problem.codeMissing() : Problem.codeMalformed();
      show(ctx, visit, form.shown("code"), false, List.of(problem));
      return;
    }
    answer(ctx, visit, codes.enter(visit.token(), code.get()));
  }

  private void answer(Context ctx, Visit visit, EntryOutcome outcome) {
    if (outcome instanceof EntryOutcome.Registered registered) {
      registered.application().ifPresent(token -> SessionCookie.write(ctx, token));
      Screens.goTo(ctx, "/register/done");
    } else if (outcome instanceof EntryOutcome.AlreadyRegistered) {
      Screens.goTo(ctx, "/register/done");
    } else if (outcome instanceof EntryOutcome.Wrong wrong) {
      show(ctx, visit, "", false, List.of(Problem.codeWrong(wrong.triesLeft())));
    } else if (outcome instanceof EntryOutcome.Voided) {
      screens.refuse(ctx, visit.page(), RegisterRefusals.codeVoid());
    } else if (outcome instanceof EntryOutcome.Expired) {
      screens.refuse(ctx, visit.page(), RegisterRefusals.codeExpired());
    } else if (outcome instanceof EntryOutcome.Lapsed lapsed) {
      screens.refuse(ctx, visit.page(), RegisterHandler.refusalMeanwhile(lapsed.why()));
    } else if (outcome instanceof EntryOutcome.UserIdTaken) {
      chooseAnew(ctx, visit);
    } else if (outcome instanceof EntryOutcome.NoCode) {
      Screens.goTo(ctx, "/register/details");
    } else {
      throw OpenRegistration.over();
    }
  }

  private void chooseAnew(Context ctx, Visit visit) {
    MasterRegistration registration = open.of(visit);
    MasterProfile said = registration.profile().orElseThrow();
    Typed typed = new Typed(said.userId().value(), said.name(), said.mail().value());
    screens.show(
        ctx,
        new RegisterDetailsView(
            visit.page(),
            registration.organisation().name(),
            typed,
            List.of(RegisterProblems.userIdTakenMeanwhile())));
  }

  private void resend(Context ctx, Visit visit) {
    ResendOutcome outcome = codes.resend(visit.token());
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
    MasterRegistration registration = open.of(visit);
    switch (registration.state()) {
      case OPENED -> Screens.goTo(ctx, "/register/details");
      case CODE_SENT -> show(ctx, visit, registration, typed, justSent, problems);
      case CODE_VOID -> screens.refuse(ctx, visit.page(), RegisterRefusals.codeVoid());
      case DONE -> Screens.goTo(ctx, "/register/done");
      case CANCELLED -> throw OpenRegistration.over();
    }
  }

  private void show(
      Context ctx,
      Visit visit,
      MasterRegistration registration,
      String typed,
      boolean justSent,
      List<Problem> problems) {
    Instant now = clock.instant();
    CodeState code = registration.code().orElseThrow();
    if (!now.isBefore(code.expiresAt())) {
      screens.refuse(ctx, visit.page(), RegisterRefusals.codeExpired());
      return;
    }
    screens.show(
        ctx,
        new RegisterCodeView(
            visit.page(),
            typed,
            registration.profile().orElseThrow().mail().value(),
            dates.clock(code.expiresAt(), now),
            resendState(code, now, justSent),
            problems));
  }

  private Resend resendState(CodeState code, Instant now, boolean justSent) {
    Instant opens = codes.resendOpensAt(code);
    if (justSent) {
      return Resend.justSent(dates.clock(opens, now));
    }
    return now.isBefore(opens) ? Resend.waitUntil(dates.clock(opens, now)) : Resend.open();
  }
}
