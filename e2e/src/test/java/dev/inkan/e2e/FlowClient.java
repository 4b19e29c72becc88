package dev.inkan.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.inkan.core.certificate.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * One visitor who walks the nine steps without a browser: cookies, the hidden {@code csrf} field
 * and 303s as a browser without scripts treats them. For load and crash tests. For one thread.
 *
 * <p>A connection that breaks is an {@link UncheckedIOException}; an answer that is not the next
 * step's page is an {@link UnexpectedPageException}, which carries the page.
 */
final class FlowClient {

  private static final Pattern HIDDEN_CSRF =
      Pattern.compile("<input\\b(?=[^>]*\\bname=\"csrf\")(?=[^>]*\\bvalue=\"([^\"]*)\")[^>]*>");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
  private static final Duration ISSUE_LIMIT = Duration.ofSeconds(60);

  private final URI server;
  private final Duration limit;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client;

  /** What the flow hands out in the end. */
  record IssuedFile(String name, Der octets) {}

  /** A page as it came at the end of the redirects. */
  record Answer(int status, String path, String body) {}

  /** The server answered with another page than the flow's next. */
  static final class UnexpectedPageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    UnexpectedPageException(String wanted, Answer got) {
      super("wanted " + wanted + ", got " + got.status() + " " + got.path() + ":\n" + got.body());
      this.status = got.status();
    }

    int status() {
      return status;
    }
  }

  FlowClient(URI server, SSLContext tls) {
    this(server, tls, REQUEST_LIMIT);
  }

  /** One who waits for each answer as long as {@code limit}. */
  FlowClient(URI server, SSLContext tls, Duration limit) {
    this.server = server;
    this.limit = limit;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(REQUEST_LIMIT)
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** ④: leads to ⑤, and a code into the mail. */
  void authenticate(String userId, String password) {
    requirePath("/issue/code", submitted("/issue", Map.of("userId", userId, "password", password)));
  }

  /** ⑤: leads to ⑥. */
  void enterCode(String code) {
    requirePath("/issue/confirm", submitted("/issue/code", Map.of("code", code)));
  }

  /** ⑥: leads to ⑦, or at once to ⑧. */
  void issue() {
    Answer answer = submitted("/issue/confirm", Map.of());
    if (!answer.path().equals("/issue/result")) {
      requirePath("/issue/progress", answer);
    }
  }

  /** ⑦ until ⑧. */
  void awaitResult() {
    Awaitility.await("result page")
        .atMost(ISSUE_LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> hasResult(page("/issue/progress")));
  }

  /** ⑧'s file. */
  IssuedFile download() {
    HttpResponse<byte[]> response =
        send(get("/issue/result/certificate.p12"), BodyHandlers.ofByteArray());
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (response.statusCode() != 200 || !type.startsWith("application/x-pkcs12")) {
      throw new UnexpectedPageException(
          "the file", answer(response, new String(response.body(), UTF_8)));
    }
    String disposition = response.headers().firstValue("Content-Disposition").orElse("");
    Matcher name = FILE_NAME.matcher(disposition);
    if (!name.find()) {
      throw new AssertionError("no file name in Content-Disposition: " + disposition);
    }
    return new IssuedFile(name.group(1), Der.copyOf(response.body()));
  }

  /** The value of a cookie, as the browser keeps it. */
  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findAny()
        .orElseThrow();
  }

  /** Any page, redirects followed. */
  Answer page(String path) {
    HttpResponse<String> response = send(get(path), BodyHandlers.ofString());
    return answer(response, response.body());
  }

  /** Loads the form at {@code path} and submits it with its own {@code csrf} field. */
  Answer submitted(String path, Map<String, String> fields) {
    Answer form = page(path);
    if (form.status() != 200) {
      throw new UnexpectedPageException("the form " + path, form);
    }
    return post(path, csrf(form), fields);
  }

  /** Submits fields without loading the form, for those who try what a browser would not. */
  Answer post(String path, Optional<String> csrf, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    csrf.ifPresent(token -> all.put("csrf", token));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(limit)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(all)))
            .build();
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    return answer(response, response.body());
  }

  /** The {@code csrf} field of a page's first form. */
  static Optional<String> csrf(Answer page) {
    Matcher field = HIDDEN_CSRF.matcher(page.body());
    return field.find() ? Optional.of(field.group(1)) : Optional.empty();
  }

  private static boolean hasResult(Answer answer) {
    if (answer.status() != 200) {
      throw new UnexpectedPageException("/issue/progress or /issue/result", answer);
    }
    if (!answer.path().equals("/issue/result")) {
      requirePath("/issue/progress", answer);
      return false;
    }
    return true;
  }

  private static void requirePath(String path, Answer answer) {
    if (answer.status() != 200 || !answer.path().equals(path)) {
      throw new UnexpectedPageException(path, answer);
    }
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(limit).build();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  private static Answer answer(HttpResponse<?> response, String body) {
    return new Answer(response.statusCode(), response.uri().getPath(), body);
  }

  private static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
