package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.RegisterDoneView;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.master.MasterRegistration;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.RegistrationState;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserRole;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/** マスターユーザー初期登録: done, and on to the certificate where one is due (C2). */
final class RegisterDoneHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final MasterRegistrations registrations;
  private final CertificateApplications applications;

  RegisterDoneHandler(
      Visits visits,
      Screens screens,
      MasterRegistrations registrations,
      CertificateApplications applications) {
    this.visits = visits;
    this.screens = screens;
    this.registrations = registrations;
    this.applications = applications;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    Optional<User> due =
        applications
            .find(visit.token())
            .filter(it -> it.application().state() == ApplicationState.CONFIRMED)
            .map(ApplicationView::user)
            .filter(user -> user.role() == UserRole.MASTER);
    if (due.isPresent()) {
      show(ctx, visit, due.get().userId().value(), due.get().organisation().name(), true);
      return;
    }
    // No certificate is due, or a double click lost the token with which this browser goes on.
    MasterRegistration done =
        registrations
            .find(visit.token())
            .filter(it -> it.state() == RegistrationState.DONE)
            .orElseThrow(OpenRegistration::over);
    String userId = done.profile().orElseThrow().userId().value();
    show(ctx, visit, userId, done.organisation().name(), false);
  }

  private void show(
      Context ctx, Visit visit, String userId, String organisation, boolean certificateDue) {
    screens.show(ctx, new RegisterDoneView(visit.page(), userId, organisation, certificateDue));
  }
}
