package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.WayBack;

/** A request that cannot be answered, and where the visitor goes on. Nothing was changed. */
final class RequestFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final WayBack back;

  RequestFailure(Failure failure, WayBack back) {
    super(failure.name(), null, false, false);
    this.failure = failure;
    this.back = back;
  }

  static RequestFailure badRequest() {
    return new RequestFailure(Failure.BAD_REQUEST, WayBack.MENU);
  }

  static RequestFailure sessionExpired(WayBack back) {
    return new RequestFailure(Failure.SESSION_EXPIRED, back);
  }

  Failure failure() {
    return failure;
  }

  WayBack back() {
    return back;
  }
}
