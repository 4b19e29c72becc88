package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.http.web.view.ClosedView;
import dev.inkan.server.http.web.view.ImportHelpView;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.RegisterView;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.registration.CertificateApplications;
import dev.inkan.server.registration.CertificateIssue;
import dev.inkan.server.registration.FileDelivery;
import dev.inkan.server.registration.LogIn;
import dev.inkan.server.registration.Sessions;
import dev.inkan.server.tls.ClientCertificateReader;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Everything the web listener answers, and how. */
public final class WebApplication {

  private final SecurityHeaders headers;
  private final WebGuards guards;
  private final Visits visits;
  private final Screens screens;
  private final WebFailures failures;
  private final List<Route> routes;

  /** The registration authority, as the screens use it. */
  public record Desks(
      Sessions sessions,
      CertificateApplications applications,
      CertificateIssue issue,
      FileDelivery delivery,
      LogIn logIn) {}

  /**
   * How the screens speak.
   *
   * @param publicUrl where browsers reach the listener
   * @param httpsAlone how long browsers are told to come by HTTPS alone; 0 tells them nothing
   */
  public record Manner(URI publicUrl, Duration httpsAlone, Site site, IssuancePolicy policy) {}

  public WebApplication(
      Desks desks,
      ClientCertificateReader certificates,
      Manner manner,
      Clock clock,
      SecureRandom random) {
    JapaneseDates dates = new JapaneseDates(manner.policy().zone());
    this.headers = new SecurityHeaders(manner.httpsAlone());
    this.guards = new WebGuards(manner.publicUrl(), headers);
    this.visits = new Visits(desks.sessions(), certificates, manner.site(), dates);
    this.screens = new Screens(new Pages());
    this.failures = new WebFailures(visits, screens, random);
    this.routes = routes(desks, manner.policy(), dates, clock);
  }

  /** The application on its listener, not started. */
  public Javalin on(WebListener listener) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.http.prefer405over404 = true;
          config.http.compressionStrategy = CompressionStrategy.NONE;
          config.jetty.threadPool = listener.threadPool();
          config.jetty.addConnector(listener::connector);
          config.jetty.modifyServer(
              server -> {
                listener.guard(server);
                server.setErrorHandler(
                    new UnroutedErrors(screens, visits.anonymousPage(), headers));
              });
          config.routes.before(guards::secureHeaders);
          config.routes.before(guards::requireOurHost);
          config.routes.before(guards::requireOurForm);
          register(config);
        });
  }

  private void register(JavalinConfig config) {
    routes.forEach(
        route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
    failures.register(config.routes);
  }

  List<Route> routes() {
    return routes;
  }

  private List<Route> routes(Desks desks, IssuancePolicy policy, JapaneseDates dates, Clock clock) {
    CertificateApplications applications = desks.applications();
    OpenApplication open = new OpenApplication(applications);
    Cancellation cancellation = new Cancellation(applications, desks.sessions());
    ApplyHandler apply = new ApplyHandler(visits, screens, applications, dates);
    CodeHandler code = new CodeHandler(visits, screens, applications, cancellation, dates, clock);
    ConfirmHandler confirm =
        new ConfirmHandler(
            visits,
            screens,
            open,
            desks.issue(),
            cancellation,
            new ConfirmHandler.Preview(policy, dates, clock));
    LoginHandler login = new LoginHandler(visits, screens, desks.logIn(), dates);
    HomeHandler.Days days = new HomeHandler.Days(policy.zone(), dates, clock);
    return List.of(
        Route.get("/", new MenuHandler(visits, screens)),
        Route.get("/issue", apply),
        Route.post("/issue", apply),
        Route.get("/issue/code", code),
        Route.post("/issue/code", code),
        Route.get("/issue/confirm", confirm),
        Route.post("/issue/confirm", confirm),
        Route.get("/issue/progress", new ProgressHandler(visits, screens, open, desks.issue())),
        Route.get("/issue/result", new ResultHandler(visits, screens, open, dates, clock)),
        Route.get(
            "/issue/result/certificate.p12",
            new FileHandler(visits, screens, open, desks.delivery(), dates, clock)),
        Route.get("/issue/closed", new PageHandler(visits, screens, ClosedView::new)),
        Route.get("/help/import", new PageHandler(visits, screens, ImportHelpView::new)),
        Route.get("/register", new PageHandler(visits, screens, RegisterView::new)),
        Route.get("/login", login),
        Route.post("/login", login),
        Route.get("/home", new HomeHandler(visits, screens, desks.logIn(), days)),
        Route.post("/logout", new LogoutHandler(visits, desks.logIn(), desks.sessions())),
        Route.get("/assets/{name}", new AssetHandler()));
  }
}
