package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ChangePasswordView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.LoggedInUser;
import dev.inkan.server.registration.account.ChangeOutcome;
import dev.inkan.server.registration.account.PasswordChange;
import dev.inkan.server.registration.secret.LoginPassword;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** パスワードの変更 behind the log-in, by wish or because somebody else set the one so far (C5). */
final class ChangePasswordHandler implements LoggedIn.Screen {

  private final Screens screens;
  private final PasswordChange change;
  private final JapaneseDates dates;

  ChangePasswordHandler(Screens screens, PasswordChange change, JapaneseDates dates) {
    this.screens = screens;
    this.change = change;
    this.dates = dates;
  }

  @Override
  public void handle(Context ctx, Visit visit, LoggedInUser user) {
    if (ctx.method().equals(HandlerType.POST)) {
      change(ctx, visit, user, WebGuards.form(ctx));
    } else {
      show(ctx, visit, user, List.of());
    }
  }

  private void change(Context ctx, Visit visit, LoggedInUser user, Form form) {
    try (NewPassword typed = NewPassword.of(form);
        CurrentPassword current = CurrentPassword.of(form)) {
      List<Problem> problems = new ArrayList<>();
      if (!user.user().password().isInitial()) {
        problems.addAll(current.problems());
      }
      problems.addAll(typed.problems());
      if (!problems.isEmpty()) {
        show(ctx, visit, user, problems);
        return;
      }
      LoginPassword chosen = typed.password().orElseThrow();
      PasswordChange.Wish wish = new PasswordChange.Wish(current.password(), chosen, ctx.ip());
      answer(ctx, visit, user, change.change(visit.token(), visit.presented().orElseThrow(), wish));
    }
  }

  private record CurrentPassword(Optional<LoginPassword> password, List<Problem> problems)
      implements AutoCloseable {

    static CurrentPassword of(Form form) {
      String typed = form.value("currentPassword");
      if (typed.isEmpty()) {
        return new CurrentPassword(Optional.empty(), List.of(Problem.currentPasswordMissing()));
      }
      Optional<LoginPassword> password = LoginPassword.parse(typed.toCharArray());
      return new CurrentPassword(
          password, password.isPresent() ? List.of() : List.of(Problem.currentPasswordMalformed()));
    }

    @Override
    public void close() {
      password.ifPresent(LoginPassword::close);
    }
  }

  private void answer(Context ctx, Visit visit, LoggedInUser user, ChangeOutcome outcome) {
    if (outcome instanceof ChangeOutcome.Changed changed) {
      SessionCookie.write(ctx, changed.token());
      Screens.goTo(ctx, "/home/password/changed");
    } else if (outcome instanceof ChangeOutcome.SameAsBefore) {
      show(ctx, visit, user, List.of(Problem.passwordUnchanged()));
    } else if (outcome instanceof ChangeOutcome.CurrentMissing) {
      show(ctx, visit, user, List.of(Problem.currentPasswordMissing()));
    } else if (outcome instanceof ChangeOutcome.NotAuthenticated not) {
      show(ctx, visit, user, List.of(problem(not.result())));
    } else if (outcome instanceof ChangeOutcome.InitialPasswordOver over) {
      screens.refuse(ctx, visit.page(), InitialPasswordEnd.atLogin(over.user(), dates));
    } else if (outcome instanceof ChangeOutcome.Busy) {
      show(ctx, visit, user, List.of(Problem.busy()));
    } else {
      throw RequestFailure.sessionExpired(WayBack.LOGIN);
    }
  }

  private static Problem problem(Authentication result) {
    return result instanceof Authentication.Refused
        ? Problem.currentPasswordWrong()
        : Credentials.problem(result);
  }

  private void show(Context ctx, Visit visit, LoggedInUser user, List<Problem> problems) {
    String userId = user.user().userId().value();
    boolean initial = user.user().password().isInitial();
    screens.show(ctx, new ChangePasswordView(visit.page(), userId, initial, problems));
  }
}
