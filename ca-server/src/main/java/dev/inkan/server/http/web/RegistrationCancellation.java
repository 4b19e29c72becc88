package dev.inkan.server.http.web;

import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.master.MasterRegistrations;
import io.javalin.http.Context;

/** [キャンセル] within マスターユーザー初期登録: what was kept is erased, and the letter stays good. */
final class RegistrationCancellation {

  private final MasterRegistrations registrations;
  private final Sessions sessions;

  RegistrationCancellation(MasterRegistrations registrations, Sessions sessions) {
    this.registrations = registrations;
    this.sessions = sessions;
  }

  /** Whether the form came by [キャンセル]; if so, the visitor is on the way to the menu. */
  boolean handles(Context ctx, Visit visit) {
    if (!WebGuards.form(ctx).has("cancel")) {
      return false;
    }
    registrations.cancel(visit.token());
    SessionCookie.write(ctx, sessions.newToken());
    Screens.goTo(ctx, "/");
    return true;
  }
}
