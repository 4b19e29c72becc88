package dev.inkan.server.http.web;

import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.WayBack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong, told to the visitor in Japanese with a number, and to the log with the same
 * number and the reason. The visitor never sees the reason itself.
 */
final class WebFailures {

  private static final Logger LOG = LoggerFactory.getLogger(WebFailures.class);
  private static final int NUMBER_OCTETS = 4;

  private final Visits visits;
  private final Screens screens;
  private final SecureRandom random;

  WebFailures(Visits visits, Screens screens, SecureRandom random) {
    this.visits = visits;
    this.screens = screens;
    this.random = random;
  }

  void register(RoutesConfig routes) {
    routes.exception(RequestFailure.class, (e, ctx) -> show(ctx, e.failure(), e.back()));
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> show(ctx, Failure.of(e.getStatus()), WayBack.MENU));
    routes.exception(StoreUnavailableException.class, this::unavailable);
    routes.exception(JournalUnavailableException.class, this::unavailable);
    routes.exception(Exception.class, this::unexpected);
  }

  private void unavailable(Exception e, Context ctx) {
    String number = number();
    LOG.error("{} {} {}: {}", number, ctx.method(), ctx.path(), e.getMessage());
    show(ctx, Failure.UNAVAILABLE, number, WayBack.MENU);
  }

  private void unexpected(Exception e, Context ctx) {
    String number = number();
    LOG.error("{} {} {} failed", number, ctx.method(), ctx.path(), e);
    show(ctx, Failure.INTERNAL, number, WayBack.MENU);
  }

  private void show(Context ctx, Failure failure, WayBack back) {
    String number = number();
    LOG.info("{} {} {}: {}", number, ctx.method(), ctx.path(), failure);
    show(ctx, failure, number, back);
  }

  // Recognising the visitor may be the very thing that failed.
  private void show(Context ctx, Failure failure, String number, WayBack back) {
    Page page = visits.anonymousPage();
    screens.fail(ctx, page, failure, number, back);
  }

  private String number() {
    byte[] octets = new byte[NUMBER_OCTETS];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }
}
