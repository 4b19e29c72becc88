package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ErrorView;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RefusalView;
import dev.inkan.server.http.web.view.View;
import dev.inkan.server.http.web.view.WayBack;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** Puts a screen into the response. */
final class Screens {

  private static final String HTML = "text/html; charset=utf-8";

  private final Pages pages;

  Screens(Pages pages) {
    this.pages = pages;
  }

  String html(View view) {
    return pages.render(view);
  }

  void show(Context ctx, View view) {
    show(ctx, view.problems().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT, view);
  }

  void show(Context ctx, HttpStatus status, View view) {
    ctx.status(status).contentType(HTML).result(html(view));
  }

  void refuse(Context ctx, Page page, Refusal refusal) {
    show(ctx, HttpStatus.FORBIDDEN, new RefusalView(page, refusal));
  }

  void fail(Context ctx, Page page, Failure failure, String number, WayBack back) {
    ctx.status(failure.status())
        .contentType(HTML)
        .result(html(new ErrorView(page, failure, number, back)));
  }

  /**
   * After a form that was taken: the browser fetches the next screen (RFC 9110, section 15.4.4).
   */
  static void goTo(Context ctx, String path) {
    ctx.redirect(path, HttpStatus.SEE_OTHER);
  }
}
