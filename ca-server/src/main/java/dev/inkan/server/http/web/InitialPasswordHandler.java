package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.HandOverView;
import dev.inkan.server.http.web.view.InitialisePasswordView;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.registration.administration.InitialPasswordOutcome;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.administration.UserDetails;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.UserId;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** パスワードの初期化, and the page that shows an initial password once (C4). */
final class InitialPasswordHandler {

  private final MasterGate gate;
  private final Screens screens;
  private final Flash flash;
  private final UserDirectory directory;
  private final UserAdministration administration;
  private final UserWords words;

  InitialPasswordHandler(
      MasterGate gate,
      Screens screens,
      Flash flash,
      UserDirectory directory,
      UserAdministration administration,
      UserWords words) {
    this.gate = gate;
    this.screens = screens;
    this.flash = flash;
    this.directory = directory;
    this.administration = administration;
    this.words = words;
  }

  /** Such as 30日間, or 36時間 where it is no whole number of days. */
  static String days(Duration lifetime) {
    return lifetime.toHours() % 24 == 0 ? lifetime.toDays() + "日間" : lifetime.toHours() + "時間";
  }

  void show(Context ctx, MasterVisit visit) {
    show(ctx, visit, List.of());
  }

  private void show(Context ctx, MasterVisit visit, List<Problem> problems) {
    withTarget(
        ctx,
        visit,
        target ->
            gate.answer(
                ctx,
                visit,
                directory.find(visit.actor(), target),
                details ->
                    screens.show(
                        ctx,
                        new InitialisePasswordView(
                            visit.page(),
                            words.person(details.user()),
                            days(administration.lifetime()),
                            problems))));
  }

  private void withTarget(Context ctx, MasterVisit visit, Consumer<UserId> work) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
    } else {
      work.accept(target.get());
    }
  }

  void initialise(Context ctx, MasterVisit visit) {
    withTarget(
        ctx,
        visit,
        target ->
            gate.answer(
                ctx,
                visit,
                administration.initialisePassword(visit.actor(), target),
                outcome -> answer(ctx, visit, outcome)));
  }

  private void answer(Context ctx, MasterVisit visit, InitialPasswordOutcome outcome) {
    if (outcome instanceof InitialPasswordOutcome.Initialised initialised) {
      UserId userId = initialised.user().userId();
      flash.put(
          ctx,
          visit.visit().token(),
          new Flash.Message(Flash.Deed.INITIALISED, userId.value(), reveal(initialised)));
      Screens.goTo(ctx, UserWords.path(userId) + "/handover");
    } else if (outcome instanceof InitialPasswordOutcome.Busy) {
      show(ctx, visit, List.of(Problem.busy()));
    } else {
      throw new AssertionError(outcome);
    }
  }

  private static String reveal(InitialPasswordOutcome.Initialised initialised) {
    try (LoginPassword password = initialised.password()) {
      char[] characters = password.toCharArray();
      String text = new String(characters);
      Arrays.fill(characters, '\0');
      return text;
    }
  }

  /** Shows the password that was just set; whoever comes again finds the user's page. */
  void handOver(Context ctx, MasterVisit visit) {
    withTarget(
        ctx,
        visit,
        target -> {
          Optional<Flash.Message> message =
              flash
                  .take(ctx, visit.visit().token())
                  .filter(it -> it.userId().equals(target.value()) && !it.password().isEmpty());
          if (message.isEmpty()) {
            Screens.goTo(ctx, UserWords.path(target));
            return;
          }
          gate.answer(
              ctx,
              visit,
              directory.find(visit.actor(), target),
              details -> screens.show(ctx, view(visit, details, message.get())));
        });
  }

  private HandOverView view(MasterVisit visit, UserDetails details, Flash.Message message) {
    return new HandOverView(
        visit.page(),
        UserWords.said(message),
        words.person(details.user()),
        message.password(),
        words.initialUntil(details.user()));
  }
}
