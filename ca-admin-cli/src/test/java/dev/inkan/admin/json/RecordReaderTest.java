package dev.inkan.admin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {

  enum Colour {
    RED,
    GREEN
  }

  record Inner(String name) {}

  record Everything(
      String text,
      int small,
      long large,
      boolean flag,
      Instant at,
      Colour colour,
      Optional<Instant> maybe,
      Optional<Long> number,
      Optional<Inner> inner,
      List<Inner> list) {}

  private static final String JSON =
      """
      {"text":"印","small":7,"large":5000000000,"flag":true,"at":"2026-11-22T03:00:00Z",
       "colour":"GREEN","maybe":"2026-11-22T03:00:00Z","number":9,"inner":{"name":"a"},
       "list":[{"name":"b"},{"name":"c"}]}""";

  private static <T> T read(String json, Class<T> type) {
    try {
      return RecordReader.read(
          new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    Everything read = read(JSON, Everything.class);

    assertThat(read.list()).containsExactly(new Inner("b"), new Inner("c"));
    assertThat(RecordWriter.compact(read)).isEqualTo(JSON.replaceAll("\\s", ""));
    assertThat(read(RecordWriter.compact(read), Everything.class)).isEqualTo(read);
  }

  @Test
  void whatIsMissingIsEmptyAndWhatIsNewIsLeftOut() {
    Everything read =
        read(
            JSON.replaceFirst("\"maybe\":\"[^\"]*\"", "\"new\":[{\"x\":{}}],\"maybe\":null"),
            Everything.class);

    assertThat(read.maybe()).isEmpty();
    assertThat(read.number()).contains(9L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "GREEN | BLUE | unknown Colour: BLUE",
        "2026-11-22T03 | gestern | not a time",
        "\"small\":7 | \"small\":\"7\" | VALUE_NUMBER_INT should be",
        "\"flag\":true | \"flag\":1 | true or false should be",
        "\"text\":\"印\", |  | without its field text",
        "}] | }]] | not JSON",
        "} | } {} | something follows"
      })
  void whatDoesNotFitIsSaid(String from, String to, String said) {
    String last = from.equals("}") ? JSON + " {}" : JSON.replace(from, to == null ? "" : to);

    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> read(last, Everything.class))
        .withMessageContaining(said);
  }
}
