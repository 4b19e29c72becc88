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
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Calls the admin API. Every call throws {@link ProblemException} where the server refuses and
 * {@link UnreachableException} where there is no answer. No act is repeated by itself. For one
 * thread.
 */
public final class Api {

  private final Line line;
  private @Nullable Self self;

  private Api(Line line) {
    this.line = line;
  }

  /**
   * Prepares calls; connects to nothing yet.
   *
   * @throws SettingsException if the credential or the roots cannot be used
   */
  public static Api of(ConnectionSettings settings, Password password) {
    return new Api(
        new Line(
            settings.server(),
            settings.timeout(),
            TlsContext.of(settings, password).getSocketFactory()));
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
    return read(line.get(resource), body -> RecordReader.read(body, type));
  }

  /** Reads one page of a list. */
  public <T> Page<T> page(Resource resource, Class<T> item) {
    return read(line.get(resource), body -> RecordReader.readPage(body, item));
  }

  /** Has something done that takes no fields. */
  public <T> T post(Resource resource, Class<T> type) {
    return read(line.post(resource, "{}"), body -> RecordReader.read(body, type));
  }

  /** Has something done. */
  public <T> T post(Resource resource, Record fields, Class<T> type) {
    return read(
        line.post(resource, RecordWriter.compact(fields)), body -> RecordReader.read(body, type));
  }

  /** Has something done whose answer is a list. */
  public <T> Page<T> postForPage(Resource resource, Class<T> item) {
    return read(line.post(resource, "{}"), body -> RecordReader.readPage(body, item));
  }

  /** Reads a text. */
  public String text(Resource resource) {
    return read(
        line.get(resource), body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  /**
   * Copies a stream of any length to {@code out}; answers how many octets there were.
   *
   * @throws UncheckedIOException if {@code out} takes no more
   */
  public long download(Resource resource, OutputStream out) {
    return read(line.get(resource), body -> copy(body, out));
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

  private <T> T read(Line.Answer answer, Reading<T> reading) {
    try (InputStream body = answer.body()) {
      if (answer.isDone()) {
        return reading.of(body);
      }
      throw new ProblemException(problem(answer, body));
    } catch (IOException e) {
      throw line.brokenBy(e);
    }
  }

  /** What the server says; what is no problem of Inkan's comes from a gateway between. */
  private static Problem problem(Line.Answer answer, InputStream body) throws IOException {
    String type = answer.type().orElse("no content type");
    if (type.startsWith("application/problem+json")) {
      return RecordReader.read(body, Problem.class);
    }
    throw new JsonFormatException("status " + answer.status() + " and " + type);
  }

  /** Makes something of an answer's body. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(InputStream body) throws IOException;
  }
}
