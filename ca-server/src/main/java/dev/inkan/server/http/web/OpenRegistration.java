package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.master.MasterRegistration;
import dev.inkan.server.registration.master.MasterRegistrations;

/** Finds the registration a browser works on, or sends the visitor back to the initial password. */
final class OpenRegistration {

  private final MasterRegistrations registrations;

  OpenRegistration(MasterRegistrations registrations) {
    this.registrations = registrations;
  }

  /**
   * The registration.
   *
   * @throws RequestFailure if there is none in this browser, or it is over
   */
  MasterRegistration of(Visit visit) {
    return registrations.find(visit.token()).orElseThrow(OpenRegistration::over);
  }

  static RequestFailure over() {
    return RequestFailure.sessionExpired(WayBack.REGISTER);
  }
}
