package dev.inkan.server.tls;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Throws away a body that is too large, or for which no room is, then answers 413 or 503: whoever
 * is still sending when the connection ends never reads why. That goes on until the body ends or
 * its sender pauses, and is bounded in octets, in time whatever the sender does, and in how many
 * have it at once; who finds no place is answered without it.
 */
final class RefusedBody implements Runnable {

  private static final long PAUSE_MILLIS = 500;
  private static final int MOST_PAUSES = 4;

  /** The longest that a sender is listened to. */
  static final long MOST_MILLIS = MOST_PAUSES * PAUSE_MILLIS;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final int status;
  private final Semaphore places;
  private final AtomicLong left;
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicBoolean answered = new AtomicBoolean();

  private RefusedBody(
      Request request,
      Response response,
      Callback callback,
      int status,
      long most,
      Semaphore places) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.status = status;
    this.left = new AtomicLong(most);
    this.places = places;
  }

  /**
   * Refuses the body of {@code request}.
   *
   * @param status what it is answered with
   * @param most how many octets of it are thrown away
   * @param places how many senders are listened to at once
   */
  static void refuse(
      Request request,
      Response response,
      Callback callback,
      int status,
      long most,
      Semaphore places) {
    if (expectsContinue(request) || !places.tryAcquire()) {
      Response.writeError(request, response, callback, status);
      return;
    }
    RefusedBody body = new RefusedBody(request, response, callback, status, most, places);
    body.lookAgain(most);
    body.run();
  }

  /** Who expects 100 (Continue) has sent nothing yet, and now will not. */
  private static boolean expectsContinue(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  private void answer() {
    Response.writeError(request, response, callback, status);
  }

  /** Runs once for every time octets are there. */
  @Override
  public synchronized void run() {
    while (!answered.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      discard(chunk);
    }
  }

  private void discard(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      // An EofException is quiet: strangers shall not write stack traces into our log.
      end(() -> callback.failed(new EofException(chunk.getFailure())));
      return;
    }
    boolean enough = left.addAndGet(-chunk.remaining()) < 0;
    boolean last = chunk.isLast();
    chunk.release();
    if (last || enough) {
      end(this::answer);
    }
  }

  private void lookAgain(long leftBefore) {
    var unused =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> look(leftBefore), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look(long leftBefore) {
    long now = left.get();
    if (looks.incrementAndGet() == MOST_PAUSES || now == leftBefore) {
      end(this::answer);
    } else if (!answered.get()) {
      lookAgain(now);
    }
  }

  private void end(Runnable how) {
    if (answered.compareAndSet(false, true)) {
      places.release();
      how.run();
    }
  }
}
