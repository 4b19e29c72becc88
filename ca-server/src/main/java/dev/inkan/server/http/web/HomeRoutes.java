package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.PasswordChangedView;
import dev.inkan.server.registration.certificate.CertificateRenewal;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;

/** The log-in and what is behind it for every user. */
final class HomeRoutes {

  private final Front front;
  private final WebApplication.Desks desks;

  HomeRoutes(Front front, WebApplication.Desks desks) {
    this.front = front;
    this.desks = desks;
  }

  List<Route> list() {
    Visits visits = front.visits();
    Screens screens = front.screens();
    LoginHandler login = new LoginHandler(visits, screens, desks.logIn(), front.dates());
    LoggedIn loggedIn = new LoggedIn(visits, desks.logIn());
    ChangePasswordHandler password =
        new ChangePasswordHandler(screens, desks.passwordChange(), front.dates());
    String renewalPath = desks.home().renewal().isPresent() ? "/home/renew" : "/issue";
    HomeHandler.Showing showing =
        new HomeHandler.Showing(
            front.policy().calendar(), front.dates(), renewalPath, front.clock());
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/login", login));
    routes.add(Route.post("/login", login));
    routes.add(Route.get("/home", loggedIn.pass(new HomeHandler(screens, showing))));
    routes.add(Route.get(LoggedIn.CHANGE_PASSWORD, loggedIn.passWithAnyPassword(password)));
    routes.add(Route.post(LoggedIn.CHANGE_PASSWORD, loggedIn.passWithAnyPassword(password)));
    routes.add(
        Route.get(
            "/home/password/changed",
            loggedIn.pass(
                (ctx, visit, user) -> screens.show(ctx, new PasswordChangedView(visit.page())))));
    routes.add(
        Route.post(
            "/home/language", loggedIn.pass(new LanguageHandler(desks.home().mailLanguage()))));
    routes.add(Route.post("/logout", new LogoutHandler(visits, desks.logIn(), desks.sessions())));
    desks.home().renewal().ifPresent(renewal -> routes.addAll(renewal(loggedIn, renewal)));
    return routes;
  }

  private List<Route> renewal(LoggedIn loggedIn, CertificateRenewal desk) {
    Handler renewal = loggedIn.pass(new RenewalHandler(front.screens(), desk, front.dates()));
    return List.of(Route.get("/home/renew", renewal), Route.post("/home/renew", renewal));
  }
}
