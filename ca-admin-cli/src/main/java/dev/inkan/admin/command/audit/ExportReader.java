package dev.inkan.admin.command.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.inkan.admin.json.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads an audit export object by object, whatever its length. */
final class ExportReader implements AutoCloseable {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  ExportReader(InputStream in) throws IOException {
    this.parser = FACTORY.createParser(in);
  }

  /** The next object, or nothing at the end. */
  Optional<ExportLine> next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return Optional.empty();
    }
    int line = parser.currentLocation().getLineNr();
    if (token != JsonToken.START_OBJECT) {
      throw new JsonFormatException("line " + line + " holds no object");
    }
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isScalarValue()) {
        String before = fields.put(name, parser.getText());
        if (before != null) {
          throw new JsonFormatException("line " + line + " has its field " + name + " twice");
        }
      } else {
        parser.skipChildren(); // of a newer format
      }
    }
    return Optional.of(new ExportLine(line, fields));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
