package dev.inkan.server.http.web;

import dev.inkan.core.certificate.UnavailableException;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.http.request.RequestNumber;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.WayBack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong, told to the visitor in Japanese with a number, and to the log with the same
 * number and the reason. The visitor never sees the reason itself.
 */
final class WebFailures {

  private static final Logger LOG = LoggerFactory.getLogger(WebFailures.class);

  private final Visits visits;
  private final Screens screens;

  WebFailures(Visits visits, Screens screens) {
    this.visits = visits;
    this.screens = screens;
  }

  void register(RoutesConfig routes) {
    routes.exception(RequestFailure.class, (e, ctx) -> show(ctx, e.failure(), e.back()));
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> show(ctx, Failure.of(e.getStatus()), WayBack.MENU));
    routes.exception(StoreUnavailableException.class, this::unavailable);
    routes.exception(JournalUnavailableException.class, this::unavailable);
    routes.exception(UnavailableException.class, this::unavailable);
    routes.exception(Exception.class, this::unexpected);
  }

  private void unavailable(Exception e, Context ctx) {
    LOG.error("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
    page(ctx, Failure.UNAVAILABLE, WayBack.MENU);
  }

  private void unexpected(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
    page(ctx, Failure.INTERNAL, WayBack.MENU);
  }

  private void show(Context ctx, Failure failure, WayBack back) {
    LOG.info("{} {}: {}", ctx.method(), ctx.path(), failure);
    page(ctx, failure, back);
  }

  // Recognising the visitor may be the very thing that failed.
  private void page(Context ctx, Failure failure, WayBack back) {
    Page page = visits.anonymousPage();
    screens.fail(ctx, page, failure, RequestNumber.current(), back);
  }
}
