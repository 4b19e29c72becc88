package dev.inkan.server.http.web;

import dev.inkan.server.registration.master.MasterRegistrations;
import java.util.List;

/** マスターユーザー初期登録 (C2). */
final class RegisterRoutes {

  private final Front front;
  private final WebApplication.Desks desks;

  RegisterRoutes(Front front, WebApplication.Desks desks) {
    this.front = front;
    this.desks = desks;
  }

  List<Route> list() {
    Visits visits = front.visits();
    Screens screens = front.screens();
    MasterRegistrations registrations = desks.registrations();
    RegistrationCancellation cancellation =
        new RegistrationCancellation(registrations, desks.sessions());
    RegisterHandler register = new RegisterHandler(visits, screens, registrations);
    RegisterDetailsHandler details =
        new RegisterDetailsHandler(visits, screens, registrations, cancellation);
    RegisterCodeHandler code =
        new RegisterCodeHandler(front, registrations, desks.registrationCodes(), cancellation);
    return List.of(
        Route.get("/register", register),
        Route.post("/register", register),
        Route.get("/register/details", details),
        Route.post("/register/details", details),
        Route.get("/register/code", code),
        Route.post("/register/code", code),
        Route.get(
            "/register/done",
            new RegisterDoneHandler(visits, screens, registrations, desks.applications())));
  }
}
