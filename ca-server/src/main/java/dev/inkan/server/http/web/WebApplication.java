package dev.inkan.server.http.web;

import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.http.request.NumberedRequests;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.account.MailLanguage;
import dev.inkan.server.registration.account.PasswordChange;
import dev.inkan.server.registration.account.PasswordChoice;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.certificate.CertificateIssue;
import dev.inkan.server.registration.certificate.CertificateRenewal;
import dev.inkan.server.registration.certificate.FileDelivery;
import dev.inkan.server.registration.master.MasterRegistrations;
import dev.inkan.server.registration.master.RegistrationCodes;
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
import java.util.Optional;
import java.util.stream.Stream;

/** Everything the web listener answers, and how. */
public final class WebApplication {

  private final SecurityHeaders headers;
  private final WebGuards guards;
  private final Visits visits;
  private final Screens screens;
  private final WebFailures failures;
  private final List<Route> routes;
  private final SecureRandom random;

  /** The registration authority, as the screens use it. */
  public record Desks(
      Sessions sessions,
      CertificateApplications applications,
      CertificateIssue issue,
      FileDelivery delivery,
      LogIn logIn,
      PasswordChoice passwordChoice,
      PasswordChange passwordChange,
      Home home,
      MasterRegistrations registrations,
      RegistrationCodes registrationCodes,
      Users users) {}

  /** What a master user can have done to the general users. */
  public record Users(
      UserDirectory directory, UserAdministration administration, AddressChanges addressChanges) {}

  /**
   * What a logged-in user can have done.
   *
   * @param renewal empty where the bank wants every renewal to go through the issue flow
   */
  public record Home(Optional<CertificateRenewal> renewal, MailLanguage mailLanguage) {}

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
    this.failures = new WebFailures(visits, screens);
    this.random = random;
    this.routes = routes(new Front(visits, screens, manner.policy(), dates, clock, random), desks);
  }

  /** The application on its listener, not started. */
  public Javalin on(WebListener listener) {
    return on(listener, Latency.UNSEEN);
  }

  /** As above, and {@code latency} is told how long each answer takes. */
  public Javalin on(WebListener listener, Latency latency) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.http.prefer405over404 = true;
          config.http.compressionStrategy = CompressionStrategy.NONE;
          // The listener refuses what is longer; two numbers would be one too many.
          config.http.maxRequestSize = listener.limits().bodyOctets();
          config.jetty.threadPool = listener.threadPool();
          config.jetty.addConnector(listener::connector);
          config.jetty.modifyServer(
              server -> {
                listener.guard(server, new NumberedRequests(random, latency));
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

  private static List<Route> routes(Front front, Desks desks) {
    return Stream.of(
            List.of(
                Route.get("/", new MenuHandler(front.visits(), front.screens())),
                Route.get("/assets/{name}", new AssetHandler())),
            new IssueRoutes(front, desks).list(),
            new RegisterRoutes(front, desks).list(),
            new HomeRoutes(front, desks).list(),
            new UserRoutes(front, desks).list())
        .flatMap(List::stream)
        .toList();
  }
}
