package dev.inkan.admin.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * Writes records as the admin API does: times in ISO 8601 and UTC, enums by name, without what is
 * empty. Not safe for several threads.
 */
public final class RecordWriter implements AutoCloseable {

  private static final JsonFactory FACTORY =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final JsonGenerator generator;

  private RecordWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /** {@code value} on one line. */
  public static String compact(Object value) {
    StringWriter text = new StringWriter();
    try (RecordWriter writer = new RecordWriter(FACTORY.createGenerator(text))) {
      writer.write(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A writer of indented JSON; closing it leaves {@code out} open. */
  public static RecordWriter indented(Writer out) {
    try {
      JsonGenerator generator = FACTORY.createGenerator(out);
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
      generator.setPrettyPrinter(printer);
      return new RecordWriter(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a list, whose items follow by {@link #write}. */
  public void beginList() {
    try {
      generator.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the list. */
  public void endList() {
    try {
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a record, a list of such, or what they consist of. */
  public void write(Object value) {
    try {
      writeValue(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeValue(Object value) throws IOException {
    if (value instanceof Record record) {
      writeRecord(record);
    } else if (value instanceof List<?> items) {
      generator.writeStartArray();
      for (Object item : items) {
        writeValue(item);
      }
      generator.writeEndArray();
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Enum<?> constant) {
      generator.writeString(constant.name());
    } else {
      generator.writeString(value.toString()); // a text or an Instant
    }
  }

  private void writeRecord(Record record) throws IOException {
    generator.writeStartObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(record, component);
      if (value instanceof Optional<?> optional) {
        if (optional.isPresent()) {
          generator.writeFieldName(component.getName());
          writeValue(optional.get());
        }
      } else {
        generator.writeFieldName(component.getName());
        writeValue(value);
      }
    }
    generator.writeEndObject();
  }

  private static Object valueOf(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("records have public accessors", e);
    }
  }

  @Override
  public void close() {
    try {
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
