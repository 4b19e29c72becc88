package dev.inkan.server.http.web;

import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.Sessions;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Ends the session on the server and gives the browser a fresh token. */
final class LogoutHandler implements Handler {

  private final Visits visits;
  private final LogIn logIn;
  private final Sessions sessions;

  LogoutHandler(Visits visits, LogIn logIn, Sessions sessions) {
    this.visits = visits;
    this.logIn = logIn;
    this.sessions = sessions;
  }

  @Override
  public void handle(Context ctx) {
    logIn.logOut(visits.of(ctx).token());
    SessionCookie.write(ctx, sessions.newToken());
    Screens.goTo(ctx, "/");
  }
}
