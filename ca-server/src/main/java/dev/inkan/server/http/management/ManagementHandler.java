package dev.inkan.server.http.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkan.server.health.PartState;
import dev.inkan.server.metrics.Metrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
final class ManagementHandler extends Handler.Abstract {

  private static final String JSON = "application/json";

  private final ManagementListener.Source source;
  private final ObjectMapper mapper = new ObjectMapper();

  ManagementHandler(ManagementListener.Source source) {
    this.source = source;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    boolean reads =
        HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    if (path == null || !reads) {
      send(
          response, callback, reads ? HttpStatus.NOT_FOUND_404 : HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    switch (path) {
      case "/health/live" -> live(response, callback);
      case "/health/ready" -> ready(response, callback);
      case "/metrics" -> metrics(response, callback);
      default -> send(response, callback, HttpStatus.NOT_FOUND_404);
    }
    return true;
  }

  private void live(Response response, Callback callback) {
    send(response, callback, HttpStatus.OK_200, JSON, text(document("live")));
  }

  private void ready(Response response, Callback callback) {
    List<PartState> parts = source.parts().get();
    boolean ready = parts.stream().allMatch(PartState::isUp);
    ObjectNode document = document(ready ? "ready" : "not-ready");
    ArrayNode all = document.putArray("parts");
    for (PartState part : parts) {
      ObjectNode node = all.addObject();
      node.put("part", part.name());
      node.put("status", part.isUp() ? "up" : "down");
      node.put("since", part.since().toString());
      part.fault().ifPresent(fault -> node.put("why", fault));
    }
    int status = ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
    send(response, callback, status, JSON, text(document));
  }

  private void metrics(Response response, Callback callback) {
    send(response, callback, HttpStatus.OK_200, Metrics.CONTENT_TYPE, source.metrics().scrape());
  }

  private ObjectNode document(String status) {
    ObjectNode document =
        mapper.createObjectNode().put("status", status).put("node", source.node().value());
    ArrayNode roles = document.putArray("roles");
    source.roles().forEach(roles::add);
    return document.put("started", source.started().toString());
  }

  private String text(ObjectNode document) {
    try {
      return mapper.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can be written", e);
    }
  }

  private static void send(Response response, Callback callback, int status) {
    send(
        response,
        callback,
        status,
        "text/plain; charset=utf-8",
        HttpStatus.getMessage(status) + "\n");
  }

  private static void send(
      Response response, Callback callback, int status, String type, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CONTENT_LENGTH, octets.length);
    response.write(true, ByteBuffer.wrap(octets), callback);
  }
}
