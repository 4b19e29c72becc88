package dev.inkan.admin.client;

import dev.inkan.admin.json.JsonFormatException;
import dev.inkan.admin.json.RecordReader;
import dev.inkan.admin.json.RecordWriter;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.Problem;
import dev.inkan.core.api.Self;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the admin API. Every call throws {@link ProblemException} where the server refuses and
 * {@link UnreachableException} where there is no answer. Nothing is repeated by itself. For one
 * thread.
 */
public final class Api {

  private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(10);

  private final URI server;
  private final Duration timeout;
  private final HttpClient http;
  private @Nullable Self self;

  private Api(URI server, Duration timeout, HttpClient http) {
    this.server = server;
    this.timeout = timeout;
    this.http = http;
  }

  /**
   * Prepares calls; connects to nothing yet.
   *
   * @throws SettingsException if the credential or the roots cannot be used
   */
  public static Api of(ConnectionSettings settings, Password password) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(TlsContext.of(settings, password))
            .connectTimeout(
                settings.timeout().compareTo(CONNECT_AT_MOST) < 0
                    ? settings.timeout()
                    : CONNECT_AT_MOST)
            .build();
    return new Api(settings.server(), settings.timeout(), http);
  }

  /** Who calls, and the bank's zone; asked once. */
  public Self self() {
    @Nullable Self known = self;
    if (known == null) {
      known = get(Resource.of("self"), Self.class);
      self = known;
    }
    return known;
  }

  /** Reads something. */
  public <T> T get(Resource resource, Class<T> type) {
    return read(send(request(resource).GET()), body -> RecordReader.read(body, type));
  }

  /** Reads one page of a list. */
  public <T> Page<T> page(Resource resource, Class<T> item) {
    return read(send(request(resource).GET()), body -> RecordReader.readPage(body, item));
  }

  /** Has something done that takes no fields. */
  public <T> T post(Resource resource, Class<T> type) {
    return read(send(posting(resource, "{}")), body -> RecordReader.read(body, type));
  }

  /** Has something done. */
  public <T> T post(Resource resource, Record fields, Class<T> type) {
    return read(
        send(posting(resource, RecordWriter.compact(fields))),
        body -> RecordReader.read(body, type));
  }

  /** Has something done whose answer is a list. */
  public <T> Page<T> postForPage(Resource resource, Class<T> item) {
    return read(send(posting(resource, "{}")), body -> RecordReader.readPage(body, item));
  }

  /** Reads a text. */
  public String text(Resource resource) {
    return read(
        send(request(resource).GET()),
        body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  /**
   * Copies a stream of any length to {@code out}; answers how many octets there were.
   *
   * @throws UncheckedIOException if {@code out} takes no more
   */
  public long download(Resource resource, OutputStream out) {
    return read(send(request(resource).GET()), body -> copy(body, out));
  }

  private static long copy(InputStream from, OutputStream to) throws IOException {
    byte[] octets = new byte[1 << 16];
    long copied = 0;
    for (int read = from.read(octets); read >= 0; read = from.read(octets)) {
      try {
        to.write(octets, 0, read);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // ours, not the connection's
      }
      copied += read;
    }
    return copied;
  }

  private HttpRequest.Builder request(Resource resource) {
    return HttpRequest.newBuilder(resource.on(server))
        .timeout(timeout)
        .header("Accept", "application/json, application/problem+json, */*;q=0.5");
  }

  private HttpRequest.Builder posting(Resource resource, String json) {
    return request(resource)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder builder) {
    try {
      return http.send(builder.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Unreachable.because(e, server, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted before the answer", List.of(), e);
    }
  }

  private <T> T read(HttpResponse<InputStream> response, Reading<T> reading) {
    try (InputStream body = response.body()) {
      if (response.statusCode() / 100 == 2) {
        return reading.of(body);
      }
      throw new ProblemException(problem(response, body));
    } catch (IOException e) {
      throw Unreachable.because(e, server, timeout);
    }
  }

  /** What the server says; what is no problem of Inkan's comes from a gateway between. */
  private static Problem problem(HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    Optional<String> type = response.headers().firstValue("Content-Type");
    if (type.filter(it -> it.startsWith("application/problem+json")).isPresent()) {
      return RecordReader.read(body, Problem.class);
    }
    throw new JsonFormatException(
        "status " + response.statusCode() + " and " + type.orElse("no content type"));
  }

  /** Makes something of an answer's body. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(InputStream body) throws IOException;
  }
}
