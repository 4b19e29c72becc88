package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ChoosePasswordView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.account.ChoiceOutcome;
import dev.inkan.server.registration.account.PasswordChoice;
import dev.inkan.server.registration.application.ApplicationView;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/** On the way from ⑤ to ⑥: a password of one's own, where somebody else set the one so far (C5). */
final class ChoosePasswordHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenApplication open;
  private final PasswordChoice choice;
  private final Cancellation cancellation;
  private final JapaneseDates dates;

  ChoosePasswordHandler(
      Visits visits,
      Screens screens,
      OpenApplication open,
      PasswordChoice choice,
      Cancellation cancellation,
      JapaneseDates dates) {
    this.visits = visits;
    this.screens = screens;
    this.open = open;
    this.choice = choice;
    this.cancellation = cancellation;
    this.dates = dates;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    if (!ctx.method().equals(HandlerType.POST)) {
      show(ctx, visit, List.of());
    } else if (!cancellation.handles(ctx, visit, "/")) {
      choose(ctx, visit, WebGuards.form(ctx));
    }
  }

  private void choose(Context ctx, Visit visit, Form form) {
    try (NewPassword typed = NewPassword.of(form)) {
      if (typed.password().isEmpty()) {
        show(ctx, visit, typed.problems());
        return;
      }
      answer(ctx, visit, choice.choose(visit.token(), typed.password().get()));
    }
  }

  private void answer(Context ctx, Visit visit, ChoiceOutcome outcome) {
    if (outcome instanceof ChoiceOutcome.Chosen chosen) {
      SessionCookie.write(ctx, chosen.token());
      Screens.goTo(ctx, "/issue/confirm");
    } else if (outcome instanceof ChoiceOutcome.SameAsInitial) {
      show(ctx, visit, List.of(Problem.passwordUnchanged()));
    } else if (outcome instanceof ChoiceOutcome.Busy) {
      show(ctx, visit, List.of(Problem.busy()));
    } else if (outcome instanceof ChoiceOutcome.InitialPasswordOver over) {
      screens.refuse(
          ctx, visit.page(), InitialPasswordEnd.atIssue(Step.CODE_ENTRY, over.user(), dates));
    } else if (outcome instanceof ChoiceOutcome.NotDue) {
      show(ctx, visit, List.of());
    } else {
      throw RequestFailure.sessionExpired(WayBack.ISSUE);
    }
  }

  private void show(Context ctx, Visit visit, List<Problem> problems) {
    ApplicationView view = open.of(visit);
    switch (view.application().state()) {
      case PASSWORD_DUE ->
          screens.show(
              ctx, new ChoosePasswordView(visit.page(), view.user().userId().value(), problems));
      case CONFIRMED, ISSUING, ISSUED, FAILED -> Screens.goTo(ctx, "/issue/confirm");
      case CODE_SENT, CODE_VOID, CANCELLED -> Screens.goTo(ctx, "/issue/code");
    }
  }
}
