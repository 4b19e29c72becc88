package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.MenuView;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** ③ The log-in menu (B2), which also tells what the shown certificate is worth (B1). */
final class MenuHandler implements Handler {

  private final Visits visits;
  private final Screens screens;

  MenuHandler(Visits visits, Screens screens) {
    this.visits = visits;
    this.screens = screens;
  }

  @Override
  public void handle(Context ctx) {
    screens.show(ctx, new MenuView(visits.of(ctx).page()));
  }
}
