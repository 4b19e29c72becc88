package dev.inkan.server.http.web;

import java.util.List;

/** The master user's screens about the general users (C4, B10). */
final class UserRoutes {

  private final MasterGate gate;
  private final UserListHandler list;
  private final NewUserHandler newUser;
  private final UserHandler user;
  private final InitialPasswordHandler password;
  private final AddressHandler address;
  private final AddressCodeHandler code;

  UserRoutes(Front front, WebApplication.Desks desks) {
    Screens screens = front.screens();
    Flash flash = new Flash(front.random(), front.clock());
    UserWords words = new UserWords(front.policy(), front.dates(), front.clock());
    AddressCodeHandler.Times times = new AddressCodeHandler.Times(front.dates(), front.clock());
    this.gate =
        new MasterGate(front.visits(), screens, new LoggedIn(front.visits(), desks.logIn()));
    this.list = new UserListHandler(gate, screens, flash, desks.users().directory(), words);
    this.newUser = new NewUserHandler(gate, screens, flash, desks.users().administration());
    this.user =
        new UserHandler(
            gate,
            screens,
            flash,
            desks.users().directory(),
            desks.users().administration(),
            words,
            front.clock());
    this.password =
        new InitialPasswordHandler(
            gate, screens, flash, desks.users().directory(), desks.users().administration(), words);
    this.address =
        new AddressHandler(
            gate, screens, desks.users().directory(), desks.users().addressChanges(), words);
    this.code =
        new AddressCodeHandler(
            gate,
            screens,
            flash,
            desks.users().directory(),
            desks.users().addressChanges(),
            words,
            times);
  }

  List<Route> list() {
    return List.of(
        get("/users", list::show),
        post("/users", list::search),
        // No user ID is that short, so that the word in the path is nobody's.
        get("/users/new", newUser::show),
        post("/users/new", newUser::create),
        get("/users/{userId}", user::show),
        get("/users/{userId}/handover", password::handOver),
        get("/users/{userId}/password", password::show),
        post("/users/{userId}/password", password::initialise),
        post("/users/{userId}/unlock", user::unlock),
        get("/users/{userId}/remove", user::confirmRemoval),
        post("/users/{userId}/remove", user::remove),
        get("/users/{userId}/address", address::show),
        post("/users/{userId}/address", address::begin),
        get("/users/{userId}/address/code", code::show),
        post("/users/{userId}/address/code", code::answer));
  }

  private Route get(String path, MasterGate.Behind behind) {
    return Route.get(path, gate.guard(behind));
  }

  private Route post(String path, MasterGate.Behind behind) {
    return Route.post(path, gate.guard(behind));
  }
}
