package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.UserAddressView;
import dev.inkan.server.http.web.view.UserProblems;
import dev.inkan.server.http.web.view.UserRefusals;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** メールアドレスの変更: the new address (C4). */
final class AddressHandler {

  private static final int LONGEST_SHOWN = 300;

  private final MasterGate gate;
  private final Screens screens;
  private final UserDirectory directory;
  private final AddressChanges changes;
  private final UserWords words;

  AddressHandler(
      MasterGate gate,
      Screens screens,
      UserDirectory directory,
      AddressChanges changes,
      UserWords words) {
    this.gate = gate;
    this.screens = screens;
    this.directory = directory;
    this.changes = changes;
    this.words = words;
  }

  void show(Context ctx, MasterVisit visit) {
    show(ctx, visit, "", List.of());
  }

  void begin(Context ctx, MasterVisit visit) {
    Optional<UserId> target = MasterGate.target(ctx);
    String typed = WebGuards.form(ctx).trimmed("email");
    Optional<MailAddress> address = MailAddress.parse(typed);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
    } else if (address.isEmpty()) {
      Problem problem =
          typed.isEmpty() ? RegisterProblems.emailMissing() : RegisterProblems.emailMalformed();
      show(ctx, visit, typed, List.of(problem));
    } else {
      begin(ctx, visit, target.get(), address.get());
    }
  }

  private void begin(Context ctx, MasterVisit visit, UserId target, MailAddress address) {
    gate.answer(
        ctx,
        visit,
        changes.begin(visit.actor(), target, address),
        outcome -> {
          switch (outcome) {
            case CODE_SENT -> Screens.goTo(ctx, UserWords.path(target) + "/address/code");
            case SAME_ADDRESS ->
                show(ctx, visit, address.value(), List.of(UserProblems.emailUnchanged()));
            case TOO_MANY_CODES ->
                screens.refuse(ctx, visit.page(), UserRefusals.addressCodesExhausted());
          }
        });
  }

  private void show(Context ctx, MasterVisit visit, String typed, List<Problem> problems) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
      return;
    }
    String shown = NewUserForm.cut(typed, LONGEST_SHOWN);
    gate.answer(
        ctx,
        visit,
        directory.find(visit.actor(), target.get()),
        details ->
            screens.show(
                ctx,
                new UserAddressView(visit.page(), words.person(details.user()), shown, problems)));
  }
}
