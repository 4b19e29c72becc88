package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.CertificateApplications;

/** Finds the application a browser works on at ⑤ to ⑧, or sends the visitor back to ④. */
final class OpenApplication {

  private final CertificateApplications applications;

  OpenApplication(CertificateApplications applications) {
    this.applications = applications;
  }

  /**
   * The application.
   *
   * @throws RequestFailure if the session is over
   */
  ApplicationView of(Visit visit) {
    return applications
        .find(visit.token())
        .orElseThrow(() -> RequestFailure.sessionExpired(WayBack.ISSUE));
  }
}
