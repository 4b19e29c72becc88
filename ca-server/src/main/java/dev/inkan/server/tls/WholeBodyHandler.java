package dev.inkan.server.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Collects a request's whole body without a thread before any other handler sees the request. A
 * body over the limit is answered with 413; one that its sender breaks off is answered to nobody.
 *
 * <p>All bodies together are held within a budget, whatever the number of connections: past its
 * first {@link #FREE} octets a body takes from it, and one for which nothing is left is answered
 * with 503. Forms are shorter than that.
 *
 * <p>Octets are copied rather than kept in the connection's buffers: a body sent octet by octet
 * would hold one buffer for each.
 */
final class WholeBodyHandler extends Handler.Wrapper {

  /** How many times the limit is read and thrown away of a body that is too large. */
  private static final int DISCARDED = 4;

  /** How many senders of refused bodies are listened to at once. */
  private static final int PLACES = 32;

  /** How much of each body is not counted. */
  static final int FREE = 4 * 1024;

  /** How many bodies of the largest size are held at once. */
  static final int LARGEST_AT_ONCE = 32;

  private final int limit;
  private final Semaphore places = new Semaphore(PLACES);
  private final BodyBudget budget;

  WholeBodyHandler(int limit) {
    this.limit = limit;
    this.budget = new BodyBudget((long) LARGEST_AT_ONCE * limit);
  }

  WholeBodyHandler(int limit, Handler next) {
    super(next);
    this.limit = limit;
    this.budget = new BodyBudget((long) LARGEST_AT_ONCE * limit);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!hasBody(request)) {
      return super.handle(request, response, callback);
    }
    if (request.getLength() > limit) {
      refuse(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
    } else {
      new Collector(request, response, callback).run();
    }
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private void proceed(Request whole, Response response, Callback callback) {
    try {
      if (!super.handle(whole, response, callback)) {
        Response.writeError(whole, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception e) {
      Response.writeError(whole, response, callback, e);
    }
  }

  /** Runs once for every time octets are there. */
  private final class Collector implements Runnable {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final BodyBudget.Share share = budget.share();

    Collector(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      // Whatever becomes of the request, its octets are given back.
      this.callback = Callback.from(callback, share::close);
    }

    @Override
    public void run() {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        more = accept(chunk);
      }
    }

    private boolean accept(Content.Chunk chunk) {
      if (Content.Chunk.isFailure(chunk)) {
        // An EofException is quiet: strangers shall not write stack traces into our log.
        callback.failed(new EofException(chunk.getFailure()));
        return false;
      }
      byte[] octets = BufferUtil.toArray(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (body.size() + octets.length > limit) {
        refuse(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        return false;
      }
      if (!share.takes(Math.max(0, body.size() + octets.length - FREE))) {
        refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        return false;
      }
      body.writeBytes(octets);
      if (last) {
        var whole = new WholeRequest(request, ByteBuffer.wrap(body.toByteArray()));
        request.getContext().execute(() -> proceed(whole, response, callback));
      }
      return !last;
    }
  }

  private void refuse(Request request, Response response, Callback callback, int status) {
    RefusedBody.refuse(request, response, callback, status, DISCARDED * (long) limit, places);
  }

  /** The request with its body in memory. */
  private static final class WholeRequest extends Request.Wrapper {

    private final Content.Source body;

    WholeRequest(Request request, ByteBuffer body) {
      super(request);
      this.body = Content.Source.from(body);
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
      body.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
    }
  }
}
