package dev.inkan.server.http.status;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The headers and statuses that the status listener's answers have in common. Thread-safe. */
final class Answers {

  static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final HttpField NO_CACHE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
  private static final HttpField EMPTY = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, "0");

  private final Clock clock;
  private final AtomicReference<Dated> date = new AtomicReference<>(new Dated(-1, NO_STORE));

  Answers(Clock clock) {
    this.clock = clock;
  }

  /** The Date header of one second. */
  private record Dated(long second, HttpField field) {}

  Instant now() {
    return clock.instant();
  }

  /** Starts an answer: every one says when it was given. */
  HttpFields.Mutable start(Response response, int status) {
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(date(clock.instant()));
    return headers;
  }

  private HttpField date(Instant now) {
    Dated last = requireNonNull(date.get());
    if (last.second() != now.getEpochSecond()) {
      last =
          new Dated(now.getEpochSecond(), new PreEncodedHttpField(HttpHeader.DATE, httpDate(now)));
      date.set(last);
    }
    return last.field();
  }

  /** IMF-fixdate, to the second. */
  static String httpDate(Instant instant) {
    return DateGenerator.formatDate(instant.getEpochSecond() * 1000);
  }

  /** An answer without a body. */
  void empty(Response response, Callback callback, int status, HttpField... further) {
    HttpFields.Mutable headers = start(response, status);
    headers.put(NO_STORE).put(EMPTY);
    for (HttpField field : further) {
      headers.put(field);
    }
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  void notFound(Response response, Callback callback) {
    empty(response, callback, HttpStatus.NOT_FOUND_404);
  }

  void methodNotAllowed(Response response, Callback callback, HttpField allow) {
    empty(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, allow);
  }

  /** Until when others may keep what follows (RFC 9919, section 6; RFC 9111). */
  void cacheUntil(HttpFields.Mutable headers, Instant nextUpdate, String directives) {
    long seconds = Math.max(0, Duration.between(clock.instant(), nextUpdate).toSeconds());
    headers.put(HttpHeader.CACHE_CONTROL, "max-age=" + seconds + directives);
    headers.put(HttpHeader.EXPIRES, httpDate(nextUpdate));
  }

  void revalidateAlways(HttpFields.Mutable headers) {
    headers.put(NO_CACHE);
  }

  /**
   * Whether the client has this very content already (RFC 9110, section 13.2.2).
   *
   * @param etag without quotation marks
   */
  static boolean isUnchanged(Request request, String etag, Instant lastModified) {
    HttpFields headers = request.getHeaders();
    if (headers.contains(HttpHeader.IF_NONE_MATCH)) {
      return headers.getCSV(HttpHeader.IF_NONE_MATCH, true).stream()
          .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
          .anyMatch(tag -> tag.equals("*") || tag.equals('"' + etag + '"'));
    }
    long since = headers.getDateField(HttpHeader.IF_MODIFIED_SINCE);
    return since >= 0 && lastModified.getEpochSecond() <= since / 1000;
  }

  /** The one write of an answer that is in memory; a HEAD is sent the headers alone. */
  static void write(Response response, Callback callback, byte[] octets) {
    response.write(true, ByteBuffer.wrap(octets), callback);
  }
}
