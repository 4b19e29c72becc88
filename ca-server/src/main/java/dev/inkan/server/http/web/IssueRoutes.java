package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ClosedView;
import dev.inkan.server.http.web.view.ImportHelpView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.registration.application.CertificateApplications;
import java.time.Clock;
import java.util.List;

/** The issue flow, ④ to ⑨. */
final class IssueRoutes {

  private final Front front;
  private final WebApplication.Desks desks;

  IssueRoutes(Front front, WebApplication.Desks desks) {
    this.front = front;
    this.desks = desks;
  }

  List<Route> list() {
    Visits visits = front.visits();
    Screens screens = front.screens();
    JapaneseDates dates = front.dates();
    Clock clock = front.clock();
    CertificateApplications applications = desks.applications();
    OpenApplication open = new OpenApplication(applications);
    Cancellation cancellation = new Cancellation(applications, desks.sessions());
    ApplyHandler apply = new ApplyHandler(visits, screens, applications, dates);
    CodeHandler code = new CodeHandler(visits, screens, applications, cancellation, dates, clock);
    ChoosePasswordHandler password =
        new ChoosePasswordHandler(
            visits, screens, open, desks.passwordChoice(), cancellation, dates);
    ConfirmHandler confirm =
        new ConfirmHandler(
            visits,
            screens,
            open,
            desks.issue(),
            cancellation,
            new ConfirmHandler.Preview(front.policy(), dates, clock));
    return List.of(
        Route.get("/issue", apply),
        Route.post("/issue", apply),
        Route.get("/issue/code", code),
        Route.post("/issue/code", code),
        Route.get("/issue/password", password),
        Route.post("/issue/password", password),
        Route.get("/issue/confirm", confirm),
        Route.post("/issue/confirm", confirm),
        Route.get("/issue/progress", new ProgressHandler(visits, screens, open, desks.issue())),
        Route.get("/issue/result", new ResultHandler(visits, screens, open, dates, clock)),
        Route.get(
            "/issue/result/certificate.p12",
            new FileHandler(visits, screens, open, desks.delivery(), dates, clock)),
        Route.get("/issue/closed", new PageHandler(visits, screens, ClosedView::new)),
        Route.get("/help/import", new PageHandler(visits, screens, ImportHelpView::new)));
  }
}
