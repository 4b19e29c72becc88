package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.View;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Function;

/** A screen that shows the same to everybody: the import guide, the closing page. */
final class PageHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final Function<Page, View> view;

  PageHandler(Visits visits, Screens screens, Function<Page, View> view) {
    this.visits = visits;
    this.screens = screens;
    this.view = view;
  }

  @Override
  public void handle(Context ctx) {
    screens.show(ctx, view.apply(visits.of(ctx).page()));
  }
}
