package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.NewUserView;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.UserProblems;
import dev.inkan.server.registration.administration.CreateOutcome;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.secret.LoginPassword;
import io.javalin.http.Context;
import java.util.List;

/** 一般ユーザーの登録 (C4). */
final class NewUserHandler {

  private final MasterGate gate;
  private final Screens screens;
  private final Flash flash;
  private final UserAdministration administration;

  NewUserHandler(MasterGate gate, Screens screens, Flash flash, UserAdministration administration) {
    this.gate = gate;
    this.screens = screens;
    this.flash = flash;
    this.administration = administration;
  }

  void show(Context ctx, MasterVisit visit) {
    show(ctx, visit, new NewUserForm("", "", "", suggestion()), List.of());
  }

  private String suggestion() {
    try (LoginPassword password = administration.suggestPassword()) {
      return new String(password.toCharArray());
    }
  }

  void create(Context ctx, MasterVisit visit) {
    NewUserForm form = NewUserForm.of(WebGuards.form(ctx));
    List<Problem> problems = form.problems();
    if (!problems.isEmpty()) {
      show(ctx, visit, form, problems);
      return;
    }
    try (LoginPassword password = form.password().orElseThrow()) {
      gate.answer(
          ctx,
          visit,
          administration.create(visit.actor(), form.user(), password),
          outcome -> answer(ctx, visit, form, outcome));
    }
  }

  private void answer(Context ctx, MasterVisit visit, NewUserForm form, CreateOutcome outcome) {
    if (outcome instanceof CreateOutcome.Created created) {
      String userId = created.user().userId().value();
      Flash.Message message = new Flash.Message(Flash.Deed.CREATED, userId, form.initialPassword());
      flash.put(ctx, visit.visit().token(), message);
      Screens.goTo(ctx, UserWords.path(created.user().userId()) + "/handover");
    } else if (outcome instanceof CreateOutcome.UserIdTaken) {
      show(ctx, visit, form, List.of(UserProblems.userIdTaken()));
    } else if (outcome instanceof CreateOutcome.Busy) {
      show(ctx, visit, form, List.of(Problem.busy()));
    } else {
      throw new AssertionError(outcome);
    }
  }

  private void show(Context ctx, MasterVisit visit, NewUserForm form, List<Problem> problems) {
    NewUserForm shown = form.shown();
    screens.show(
        ctx,
        new NewUserView(
            visit.page(),
            shown.userId(),
            shown.name(),
            shown.email(),
            shown.initialPassword(),
            InitialPasswordHandler.days(administration.lifetime()),
            problems));
  }
}
