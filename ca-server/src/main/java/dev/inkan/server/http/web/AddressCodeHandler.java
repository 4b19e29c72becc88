package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.AddressCodeView;
import dev.inkan.server.http.web.view.CodeView.Resend;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.UserRefusals;
import dev.inkan.server.registration.administration.AddressChange;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.AddressCodeOutcome;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** メールアドレスの変更: the code that the new address got (C4). */
final class AddressCodeHandler {

  private static final int LONGEST_SHOWN = 20;

  private final MasterGate gate;
  private final Screens screens;
  private final Flash flash;
  private final UserDirectory directory;
  private final AddressChanges changes;
  private final UserWords words;
  private final Times times;

  /** The clock, and how it is read out. */
  record Times(JapaneseDates dates, Clock clock) {}

  AddressCodeHandler(
      MasterGate gate,
      Screens screens,
      Flash flash,
      UserDirectory directory,
      AddressChanges changes,
      UserWords words,
      Times times) {
    this.gate = gate;
    this.screens = screens;
    this.flash = flash;
    this.directory = directory;
    this.changes = changes;
    this.words = words;
    this.times = times;
  }

  void show(Context ctx, MasterVisit visit) {
    Optional<UserId> target = MasterGate.target(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
    } else {
      show(ctx, visit, target.get(), new Entry("", false, List.of()));
    }
  }

  void answer(Context ctx, MasterVisit visit) {
    Optional<UserId> target = MasterGate.target(ctx);
    Form form = WebGuards.form(ctx);
    if (target.isEmpty()) {
      gate.unknown(ctx, visit);
    } else if (form.has("cancel")) {
      gate.answer(
          ctx,
          visit,
          changes.cancel(visit.actor(), target.get()),
          done -> Screens.goTo(ctx, UserWords.path(target.get())));
    } else if (form.has("resend")) {
      resend(ctx, visit, target.get());
    } else {
      enter(ctx, visit, target.get(), form.trimmed("code"));
    }
  }

  private void enter(Context ctx, MasterVisit visit, UserId target, String typed) {
    Optional<VerificationCode> code = VerificationCode.parse(typed);
    if (code.isEmpty()) {
      Problem problem = typed.isEmpty() ? Problem.codeMissing() : Problem.codeMalformed();
      String shown = typed.length() > LONGEST_SHOWN ? "" : typed;
      show(ctx, visit, target, new Entry(shown, false, List.of(problem)));
      return;
    }
    gate.answer(
        ctx,
        visit,
        changes.enterCode(visit.actor(), target, code.get()),
        outcome -> answer(ctx, visit, target, outcome));
  }

  private void answer(Context ctx, MasterVisit visit, UserId target, AddressCodeOutcome outcome) {
    if (outcome instanceof AddressCodeOutcome.Changed) {
      flash.put(
          ctx,
          visit.visit().token(),
          new Flash.Message(Flash.Deed.ADDRESS_CHANGED, target.value(), ""));
      Screens.goTo(ctx, UserWords.path(target));
    } else if (outcome instanceof AddressCodeOutcome.Wrong wrong) {
      Problem problem = Problem.codeWrong(wrong.triesLeft());
      show(ctx, visit, target, new Entry("", false, List.of(problem)));
    } else if (outcome instanceof AddressCodeOutcome.Voided) {
      screens.refuse(ctx, visit.page(), UserRefusals.addressCodeVoid());
    } else if (outcome instanceof AddressCodeOutcome.Expired) {
      screens.refuse(ctx, visit.page(), UserRefusals.addressCodeExpired());
    } else if (outcome instanceof AddressCodeOutcome.NoChange) {
      screens.refuse(ctx, visit.page(), UserRefusals.noAddressChange());
    } else {
      throw new AssertionError(outcome);
    }
  }

  private void resend(Context ctx, MasterVisit visit, UserId target) {
    gate.answer(
        ctx,
        visit,
        changes.resend(visit.actor(), target),
        outcome -> {
          if (outcome instanceof ResendOutcome.TooSoon soon) {
            String opens = times.dates().clock(soon.opensAt(), times.clock().instant());
            Problem problem = Problem.resendTooSoon(opens);
            show(ctx, visit, target, new Entry("", false, List.of(problem)));
          } else {
            boolean sent = outcome instanceof ResendOutcome.Resent;
            show(ctx, visit, target, new Entry("", sent, List.of()));
          }
        });
  }

  private record Entry(String typed, boolean justSent, List<Problem> problems) {}

  private void show(Context ctx, MasterVisit visit, UserId target, Entry entry) {
    gate.answer(
        ctx,
        visit,
        directory.find(visit.actor(), target),
        details -> {
          Optional<AddressChange> change = details.addressChange();
          if (change.isEmpty()) {
            screens.refuse(ctx, visit.page(), UserRefusals.noAddressChange());
          } else if (!times.clock().instant().isBefore(change.get().code().expiresAt())) {
            screens.refuse(ctx, visit.page(), UserRefusals.addressCodeExpired());
          } else {
            screens.show(ctx, view(visit, details.user(), change.get(), entry));
          }
        });
  }

  private AddressCodeView view(MasterVisit visit, User user, AddressChange change, Entry entry) {
    Instant now = times.clock().instant();
    Instant opens = changes.resendOpensAt(change.code());
    String at = times.dates().clock(opens, now);
    Resend waiting = now.isBefore(opens) ? Resend.waitUntil(at) : Resend.open();
    return new AddressCodeView(
        visit.page(),
        words.person(user),
        change.mail().value(),
        entry.typed(),
        times.dates().clock(change.code().expiresAt(), now),
        entry.justSent() ? Resend.justSent(at) : waiting,
        entry.problems());
  }
}
