package dev.inkan.server;

import dev.inkan.server.registration.secret.SessionToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One browser: a cookie jar for the session's cookie and the notice's, forms with their CSRF token,
 * no redirects followed.
 */
public final class Browser {

  public static final String COOKIE = "__Host-inkan";
  public static final String NOTICE = "__Host-inkan-said";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient client;
  private final URI base;
  private volatile String token = "";
  private volatile String notice = "";

  Browser(HttpClient client, URI base) {
    this.client = client;
    this.base = base;
  }

  /** The session token, as the cookie holds it; empty before the first page. */
  public String token() {
    return token;
  }

  /** Goes on with another browser's cookie. */
  public Browser token(String other) {
    token = other;
    return this;
  }

  /** What the next page is to say once, as the cookie holds it; empty if there is nothing. */
  public String notice() {
    return notice;
  }

  /** Goes on with another notice. */
  public Browser notice(String other) {
    notice = other;
    return this;
  }

  /** The CSRF token that this browser's pages carry. */
  public String csrf() {
    return SessionToken.parse(token).orElseThrow().csrfToken();
  }

  public Reply get(String path) {
    return send(request(path).GET());
  }

  /** Sends a form of this browser's own page. */
  public Reply post(String path, String... namesAndValues) {
    if (token.isEmpty()) {
      get("/");
    }
    List<String> fields = new ArrayList<>(List.of("csrf", csrf()));
    fields.addAll(List.of(namesAndValues));
    return submit(path, encode(fields));
  }

  /** Sends a form's body as it stands, with further headers. */
  public Reply submit(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    request.header("Content-Type", FORM);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public static String encode(List<String> fields) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.size(); i += 2) {
      body.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(fields.get(i), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
    }
    return body.toString();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    if (!token.isEmpty()) {
      String also = notice.isEmpty() ? "" : "; " + NOTICE + "=" + notice;
      request.header("Cookie", COOKIE + "=" + token + also);
    }
    return request;
  }

  private static String value(String cookie) {
    return cookie.substring(cookie.indexOf('=') + 1).replaceFirst(";.*", "");
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      Reply reply = new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
      for (String cookie : reply.headers("Set-Cookie")) {
        if (cookie.startsWith(COOKIE + "=")) {
          token = value(cookie);
        } else if (cookie.startsWith(NOTICE + "=")) {
          notice = value(cookie);
        }
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
