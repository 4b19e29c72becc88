package dev.inkan.server.http.admin;

import dev.inkan.server.operation.Refusal;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the listener itself refuses before any route: too long, too slow, no HTTP. */
final class UnroutedProblems implements Request.Handler {

  private final RecordJson json;

  UnroutedProblems(RecordJson json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    Throwable cause = failure instanceof Throwable thrown ? thrown.getCause() : null;
    // A body that is no HTTP fails wherever it is read, and is the sender's fault, not ours.
    int status = cause instanceof HttpException refused ? refused.getCode() : response.getStatus();
    Refusal refusal = Problems.ofStatus(status);
    byte[] body = json.write(Problems.problem(refusal, "-"));
    response.setStatus(refusal.type().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
