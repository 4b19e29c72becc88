package dev.inkan.server.http.status;

import dev.inkan.server.status.OcspAnswer;
import dev.inkan.server.status.OcspDesk;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * OCSP over HTTP: {@code POST /ocsp} and {@code GET /ocsp/BASE64}. Never waits: a body is read as
 * it comes, and answers come from memory. A request's content type is not looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#appendix-A">RFC 6960, appendix A</a>
 */
final class OcspHandler {

  /** Exactly so: nginx refuses the type with a charset. */
  private static final HttpField TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/ocsp-response");

  private static final String DIRECTIVES = ", public, no-transform, must-revalidate";

  private final OcspDesk desk;
  private final Answers answers;
  private final int mostOctets;

  /**
   * @param mostOctets the longest request body; 413 beyond
   */
  OcspHandler(OcspDesk desk, Answers answers, int mostOctets) {
    this.desk = desk;
    this.answers = answers;
    this.mostOctets = mostOctets;
  }

  /** Answers what {@code base64} asks, the path's part after {@code /ocsp/}, raw. */
  void get(String base64, Request request, Response response, Callback callback) {
    Optional<byte[]> octets = OcspPath.decode(base64);
    if (octets.isEmpty()) {
      answers.empty(response, callback, HttpStatus.BAD_REQUEST_400);
      return;
    }
    OcspAnswer answer = desk.answer(octets.get());
    if (answer.caching().isEmpty()) {
      send(answer, response, callback);
      return;
    }
    OcspAnswer.Caching caching = answer.caching().get();
    boolean unchanged = Answers.isUnchanged(request, caching.etag(), caching.lastModified());
    HttpFields.Mutable headers =
        answers.start(response, unchanged ? HttpStatus.NOT_MODIFIED_304 : HttpStatus.OK_200);
    answers.cacheUntil(headers, caching.nextUpdate(), DIRECTIVES);
    headers.put(HttpHeader.ETAG, '"' + caching.etag() + '"');
    headers.put(HttpHeader.LAST_MODIFIED, Answers.httpDate(caching.lastModified()));
    if (unchanged) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    headers.put(TYPE).put(HttpHeader.CONTENT_LENGTH, answer.octets().length);
    Answers.write(response, callback, answer.octets());
  }

  /** Answers what the body asks. */
  void post(Request request, Response response, Callback callback) {
    if (request.getLength() > mostOctets) {
      answers.empty(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
    } else {
      new Body(request, response, callback).run();
    }
  }

  private void answer(byte[] body, Response response, Callback callback) {
    send(desk.answer(body), response, callback);
  }

  private void send(OcspAnswer answer, Response response, Callback callback) {
    HttpFields.Mutable headers = answers.start(response, HttpStatus.OK_200);
    headers.put(TYPE).put(Answers.NO_STORE);
    headers.put(HttpHeader.CONTENT_LENGTH, answer.octets().length);
    Answers.write(response, callback, answer.octets());
  }

  /** Runs once for every time octets are there, in the thread that found them. */
  private final class Body implements Invocable.Task {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);

    Body(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
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
      if (before.size() + octets.length > mostOctets) {
        answers.empty(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        return false;
      }
      if (last) {
        answer(whole(octets), response, callback);
      } else {
        before.writeBytes(octets);
      }
      return !last;
    }

    private byte[] whole(byte[] last) {
      if (before.size() == 0) {
        return last; // nearly always: a request fits into one packet
      }
      before.writeBytes(last);
      return before.toByteArray();
    }
  }
}
