package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ErrorView;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.WayBack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the listener itself refuses before any route: too long, too slow, no HTTP. */
final class UnroutedErrors implements Request.Handler {

  private final Screens screens;
  private final Page page;
  private final SecurityHeaders headers;

  UnroutedErrors(Screens screens, Page page, SecurityHeaders headers) {
    this.screens = screens;
    this.page = page;
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    refused(request).ifPresent(response::setStatus);
    Failure failure = Failure.of(response.getStatus());
    byte[] body =
        screens
            .html(
                new ErrorView(page, failure, Integer.toString(response.getStatus()), WayBack.MENU))
            .getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    headers.writeTo(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  // A body that is no HTTP fails wherever it is read, and is the sender's fault, not ours.
  private static Optional<Integer> refused(Request request) {
    Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    Throwable cause = failure instanceof Throwable thrown ? thrown.getCause() : null;
    return cause instanceof HttpException refusal
        ? Optional.of(refusal.getCode())
        : Optional.empty();
  }
}
