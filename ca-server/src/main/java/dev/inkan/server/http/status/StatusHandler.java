package dev.inkan.server.http.status;

import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.Publication;
import java.time.Clock;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Everything the status listener answers, straight on Jetty: a servlet would cost more than the
 * signature. Paths are taken as they were sent; nothing is decoded but the request in a GET.
 */
final class StatusHandler extends Handler.Abstract.NonBlocking {

  private static final String OCSP = "/ocsp";
  private static final String OCSP_GET = OCSP + "/";
  private static final HttpField POST = new PreEncodedHttpField(HttpHeader.ALLOW, "POST");
  private static final HttpField GET = new PreEncodedHttpField(HttpHeader.ALLOW, "GET, HEAD");

  private final Answers answers;
  private final OcspHandler ocsp;
  private final PublicationHandler published;

  StatusHandler(OcspDesk desk, List<Publication> publications, int bodyOctets, Clock clock) {
    this.answers = new Answers(clock);
    this.ocsp = new OcspHandler(desk, answers, bodyOctets);
    this.published = new PublicationHandler(publications, answers);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null) {
      answers.notFound(response, callback);
    } else if (path.startsWith(OCSP_GET)) {
      ocspBelow(path.substring(OCSP_GET.length()), request, response, callback);
    } else if (path.equals(OCSP)) {
      if (HttpMethod.POST.is(request.getMethod())) {
        ocsp.post(request, response, callback);
      } else {
        answers.methodNotAllowed(response, callback, POST);
      }
    } else {
      published.handle(path, request, response, callback);
    }
    return true;
  }

  private void ocspBelow(String rest, Request request, Response response, Callback callback) {
    String method = request.getMethod();
    if (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method)) {
      ocsp.get(rest, request, response, callback);
    } else if (HttpMethod.POST.is(method) && rest.isEmpty()) {
      ocsp.post(request, response, callback); // a base address that was written with a slash
    } else {
      answers.methodNotAllowed(response, callback, GET);
    }
  }
}
