package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ProgressView;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.certificate.CertificateIssue;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** ⑦ 発行中 (B15): asks to be asked again until the certificate is there. */
final class ProgressHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenApplication open;
  private final CertificateIssue issue;

  ProgressHandler(Visits visits, Screens screens, OpenApplication open, CertificateIssue issue) {
    this.visits = visits;
    this.screens = screens;
    this.open = open;
    this.issue = issue;
  }

  @Override
  public void handle(Context ctx) {
    Visit visit = visits.of(ctx);
    ApplicationView view = open.of(visit);
    switch (view.application().state()) {
      case ISSUING -> {
        if (issue.endIfOrphaned(view.application())) {
          Screens.goTo(ctx, "/issue/result");
        } else {
          screens.show(ctx, new ProgressView(visit.page()));
        }
      }
      case ISSUED, FAILED -> Screens.goTo(ctx, "/issue/result");
      case PASSWORD_DUE -> Screens.goTo(ctx, "/issue/password");
      case CONFIRMED -> Screens.goTo(ctx, "/issue/confirm");
      case CODE_SENT, CODE_VOID, CANCELLED -> Screens.goTo(ctx, "/issue/code");
    }
  }
}
