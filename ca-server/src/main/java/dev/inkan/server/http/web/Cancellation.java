package dev.inkan.server.http.web;

import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.application.CertificateApplications;
import io.javalin.http.Context;

/** [キャンセル] at ⑤ and ⑥: what was kept for the application is erased, and the session ends. */
final class Cancellation {

  private final CertificateApplications applications;
  private final Sessions sessions;

  Cancellation(CertificateApplications applications, Sessions sessions) {
    this.applications = applications;
    this.sessions = sessions;
  }

  /** Whether the form came by [キャンセル]; if so, the visitor is on the way to {@code path}. */
  boolean handles(Context ctx, Visit visit, String path) {
    if (!WebGuards.form(ctx).has("cancel")) {
      return false;
    }
    applications.cancel(visit.token());
    SessionCookie.write(ctx, sessions.newToken());
    Screens.goTo(ctx, path);
    return true;
  }
}
