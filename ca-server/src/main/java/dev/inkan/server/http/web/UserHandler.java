package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.RemoveUserView;
import dev.inkan.server.http.web.view.Said;
import dev.inkan.server.http.web.view.UserView;
import dev.inkan.server.registration.administration.AddressChange;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.administration.UserDetails;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.administration.UserUnlockOutcome;
import dev.inkan.server.registration.user.UserId;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** One general user: what is known, ロック・閉塞の解除 (B10), and 削除 (C4). */
final class UserHandler {

  private final MasterGate gate;
  private final Screens screens;
  private final Flash flash;
  private final UserDirectory directory;
  private final UserAdministration administration;
  private final UserWords words;
  private final Clock clock;

  UserHandler(
      MasterGate gate,
      Screens screens,
      Flash flash,
      UserDirectory directory,
      UserAdministration administration,
      UserWords words,
      Clock clock) {
    this.gate = gate;
    this.screens = screens;
    this.flash = flash;
    this.directory = directory;
    this.administration = administration;
    this.words = words;
    this.clock = clock;
  }

  void show(Context ctx, MasterVisit visit) {
    withDetails(ctx, visit, details -> screens.show(ctx, view(ctx, visit, details)));
  }

  /** Shows {@code screen} with the user of the path, if it is one of the master user's. */
  private void withDetails(Context ctx, MasterVisit visit, Consumer<UserDetails> screen) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
    } else {
      gate.answer(ctx, visit, directory.find(visit.actor(), target.get()), screen);
    }
  }

  private UserView view(Context ctx, MasterVisit visit, UserDetails details) {
    Said said =
        flash.take(ctx, visit.visit().token()).map(UserWords::said).orElseGet(Said::nothing);
    String pending =
        details
            .addressChange()
            .filter(change -> clock.instant().isBefore(change.code().expiresAt()))
            .map(AddressChange::mail)
            .map(mail -> mail.value())
            .orElse("");
    return new UserView(
        visit.page(),
        said,
        words.person(details.user()),
        pending,
        details.certificates().stream().map(words::certificateLine).toList(),
        details.mails().stream().map(words::mailLine).toList(),
        words.unlock(details.user()));
  }

  void unlock(Context ctx, MasterVisit visit) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
      return;
    }
    gate.answer(
        ctx,
        visit,
        administration.unlock(visit.actor(), target.get()),
        outcome -> {
          Flash.Deed deed =
              outcome == UserUnlockOutcome.UNLOCKED ? Flash.Deed.UNLOCKED : Flash.Deed.NOT_LOCKED;
          say(ctx, visit, deed, target.get());
          Screens.goTo(ctx, UserWords.path(target.get()));
        });
  }

  void confirmRemoval(Context ctx, MasterVisit visit) {
    withDetails(
        ctx,
        visit,
        details ->
            screens.show(
                ctx,
                new RemoveUserView(
                    visit.page(), words.person(details.user()), words.validUntil(details))));
  }

  void remove(Context ctx, MasterVisit visit) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
      return;
    }
    gate.answer(
        ctx,
        visit,
        administration.remove(visit.actor(), target.get()),
        removed -> {
          say(ctx, visit, Flash.Deed.REMOVED, target.get());
          Screens.goTo(ctx, "/users");
        });
  }

  private void say(Context ctx, MasterVisit visit, Flash.Deed deed, UserId about) {
    flash.put(ctx, visit.visit().token(), new Flash.Message(deed, about.value(), ""));
  }
}
