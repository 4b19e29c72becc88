package dev.inkan.server;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server answered. */
public record Reply(HttpResponse<byte[]> response) {

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");
  private static final Pattern HEADING = Pattern.compile("<h1>(.*?)</h1>");

  public int status() {
    return response.statusCode();
  }

  public byte[] octets() {
    return response.body();
  }

  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The screen's title, as the visitor reads it. */
  public String heading() {
    Matcher heading = HEADING.matcher(text());
    return heading.find() ? heading.group(1).replaceAll("<[^>]*>", "") : "";
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public List<String> headers(String name) {
    return response.headers().allValues(name);
  }

  public String location() {
    return header("Location");
  }

  /** The page's CSRF token. */
  public Optional<String> csrf() {
    Matcher csrf = CSRF.matcher(text());
    return csrf.find() ? Optional.of(csrf.group(1)) : Optional.empty();
  }

  /** The page without what differs from one request to the next. */
  public String stable() {
    return CSRF.matcher(text()).replaceAll("");
  }
}
